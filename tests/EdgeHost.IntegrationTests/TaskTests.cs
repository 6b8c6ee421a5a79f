using System.Text.Json.Nodes;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;
using TestPlugins.ModelRunner;

namespace EdgeHost.IntegrationTests;

/// <summary>Models that a plugin finds by their task: dropped into the catalogue and pulled while the host runs.</summary>
public class TaskTests
{
    [Fact]
    public async Task Model_DroppedIntoTheCatalogue_IsFoundPulledLeasedAndRemovedWithoutARestart()
    {
        await using var host = await RunnerHost.StartAsync([new TestModel("first", OnnxGraph.Add(1).ToModel())]);
        await using var client = await host.ConnectAsync("finder");
        Assert.Equal(("first", 1), ((await client.FindAsync()).Leased, (await client.FindAsync()).Models.Count));

        Drop(host, new TestModel("second", OnnxGraph.Add(2).ToModel())
        {
            Properties = new Dictionary<string, string> { ["default"] = "true", ["language"] = "de" },
            Requires = ["second-helper"],
        });
        Drop(host, new TestModel("second-helper", OnnxGraph.Add(3).ToModel()) { Task = "helping" });
        var dropped = await UntilFoundAsync(host, client, "the dropped model", found => found.Models.Count == 2);
        Assert.Equal(("first", true), (dropped.Models[0].Id, dropped.Models[0].IsInstalled));
        Assert.Equal(
            ("second", "1.0.0", false, "MIT", "edgehost models pull second"),
            (dropped.Models[1].Id, dropped.Models[1].Version, dropped.Models[1].IsInstalled, dropped.Models[1].Licence, dropped.Models[1].PullCommand));

        await host.VerbAsync("models", "pull", "second");
        var pulled = await client.FindAsync();
        Assert.Equal(["second", "first"], pulled.Models.Where(model => model.IsInstalled).Select(model => model.Id));
        Assert.Equal(("second", "testing", "de"), (pulled.Leased, pulled.LeasedTask, pulled.LeasedProperties["language"]));
        Assert.Single((await client.RunAsync("second")).Devices);

        var listed = JsonNode.Parse((await host.VerbAsync("models", "list", "--json")).Output)!["models"]!.AsArray();
        var second = Assert.Single(listed, model => (string?)model!["id"] == "second")!;
        Assert.Equal(("second-helper", "de"), ((string?)second["requires"]![0], (string?)second["properties"]!["language"]));
        Assert.Contains(listed, model => (string?)model!["id"] == "second-helper" && (string?)model["state"] == "installed");

        var removed = await host.VerbAsync("models", "remove", "second");
        Assert.Contains("second@1.0.0, second-helper@1.0.0", removed.Output, StringComparison.Ordinal);
        Assert.Equal("first", (await client.FindAsync()).Leased);
    }

    [Fact]
    public async Task Plugin_AskingForAnotherTaskOrItsModels_IsDenied()
    {
        await using var host = await RunnerHost.StartAsync([new TestModel("first", OnnxGraph.Add(1).ToModel())]);
        await using var client = await host.ConnectAsync("finder");
        Drop(host, new TestModel("helper", OnnxGraph.Add(3).ToModel()) { Task = "helping" });
        await host.VerbAsync("models", "pull", "helper");

        var list = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.FindAsync("helping"));
        var lease = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.RunAsync("helper"));

        Assert.Equal((ErrorCode.PermissionDenied, ErrorCode.PermissionDenied), (list.Code, lease.Code));
        Assert.Contains("add it to the models in its plugin.json, or its task 'helping' to the tasks there", lease.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_PluginWithTasks_SaysThem()
    {
        await using var host = await RunnerHost.StartAsync([new TestModel("first", OnnxGraph.Add(1).ToModel())]);

        var capabilities = JsonNode.Parse((await host.VerbAsync("capabilities", FindRequest.Method, "--json")).Output)!.AsArray();
        var plugins = JsonNode.Parse((await host.VerbAsync("plugins", "list", "--json")).Output)!["plugins"]!.AsArray();

        Assert.Equal("testing", (string?)Assert.Single(capabilities)!["tasks"]![0]);
        Assert.Equal("testing", (string?)Assert.Single(plugins, plugin => (string?)plugin!["id"] == "test.model_runner")!["tasks"]![0]);
    }

    private static void Drop(RunnerHost host, TestModel model) => model.WriteTo(host.PathOf("graphs"), host.PathOf("catalog"));

    private static Task<FindResponse> UntilFoundAsync(RunnerHost host, RunnerClient client, string expected, Func<FindResponse, bool> holds)
        => Until.HoldsAsync(
            expected,
            () => client.FindAsync(),
            holds,
            found => string.Join(", ", found.Models.Select(model => $"{model.Id} {(model.IsInstalled ? "installed" : "not installed")}")),
            () => host.Process.Output);
}
