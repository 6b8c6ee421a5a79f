using System.Text.Json;
using EdgeHost.Capabilities.Host;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>What a person and a program see of a running host: top, explain, stats, health, pins.</summary>
public class WatchingTests(ServingHost host) : IClassFixture<ServingHost>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);

    private static string Photo => Path.Combine(Repository.Root, "samples", "Photos", "astronaut.jpg");

    [Fact]
    public async Task Top_OnceAsJson_IsTheAnswerOfHostStats()
    {
        var result = await host.RunAsync("top", "--once", "--json");

        Assert.True(result.ExitCode == 0, result.Error);
        using var json = JsonDocument.Parse(result.Output);
        Assert.Equal(host.Process.ProcessId, json.RootElement.GetProperty("process_id").GetInt32());
        Assert.True(json.RootElement.GetProperty("pool").GetProperty("budget_bytes").GetInt64() > 0);
        Assert.Equal("training", json.RootElement.GetProperty("conditions").GetProperty("minimum_priority").GetString());
    }

    [Fact]
    public async Task Top_Piped_IsPlainTextWithoutControlCharacters()
    {
        var result = await host.RunAsync("top", "--once");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("EdgeHost ", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', result.Output);
    }

    [Theory]
    [InlineData("top", "--once")]
    [InlineData("explain")]
    [InlineData("models", "unpin", "face-back")]
    public async Task Verb_WithoutAHost_SaysHowToStartOne(params string[] verb)
    {
        using var folder = new TempFolder();

        var result = await HostProcess.RunAsync([.. verb, "--endpoint", folder.Combine("none.sock")], Timeout);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("edgehost serve", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explain_OfANameNobodyKnows_SaysSoInWords()
    {
        var result = await host.RunAsync("explain", "qqqqqqqqqqqq");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("Nothing noteworthy was decided about 'qqqqqqqqqqqq'", result.Output, StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task Stats_AfterACall_HaveTheModelAndTheDevice()
    {
        await using var client = await host.ConnectAsync("watching");
        await client.Vision.DetectFacesAsync(await File.ReadAllBytesAsync(Photo));

        var stats = await client.Diagnostics.StatsAsync();

        Assert.Contains(stats.Devices, device => device is { Id: "cpu", Health: DeviceHealthStatus.Healthy, Completed: > 0 });
        Assert.Contains(stats.Models, model => model.Model.StartsWith("face-back@", StringComparison.Ordinal) && model is { Device: "cpu", State: ModelLifeState.Resident, Bytes: > 0 });
        Assert.Contains(stats.Plugins, plugin => plugin is { Id: "edgehost.vision", Calls: > 0 });
        var page = await host.RunAsync("top", "--once");
        Assert.Contains("face-back@", page.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_OfAHostThatWorks_IsReady()
    {
        await using var client = await host.ConnectAsync();

        var looked = await client.Diagnostics.HealthAsync();
        var probed = await client.Diagnostics.HealthAsync(probe: true);

        Assert.Equal((HealthStatus.Ready, HealthStatus.Ready), (looked.Status, probed.Status));
        Assert.Empty(probed.Problems);
    }

    [Fact]
    public async Task Explain_BadCount_IsRefused()
    {
        await using var client = await host.ConnectAsync();

        var error = await Assert.ThrowsAsync<EdgeHostException>(async () => await client.Diagnostics.ExplainAsync(count: 0));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
    }

    [Fact]
    public async Task Unpin_OfWhatWasNotPinned_SaysSo()
    {
        var result = await host.RunAsync("models", "unpin", "face-back");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("was not pinned", result.Output, StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task Pin_ThroughTheCommandLine_IsTheOperators()
    {
        var pin = await host.RunAsync("models", "pin", "face-back", "--json");
        await using var client = await host.ConnectAsync();
        var pinned = (await client.Diagnostics.StatsAsync()).Models.Single(model => model.Model.StartsWith("face-back@", StringComparison.Ordinal));
        var list = await host.RunAsync("models", "list");
        var unpin = await host.RunAsync("models", "unpin", "face-back");

        Assert.True(pin.ExitCode == 0, pin.Error);
        Assert.Equal(["operator"], pinned.PinnedBy);
        Assert.Contains("pinned by operator", list.Output, StringComparison.Ordinal);
        Assert.Contains("may leave memory", unpin.Output, StringComparison.Ordinal);
    }

    [ModelsFact]
    public async Task Explain_AfterAnEviction_SaysWhyTheModelLeft()
    {
        using var folder = new TempFolder();

        // Room for what the text detector's manifest asks for (150 MB), not for another model beside it; nothing was learned before.
        await File.WriteAllTextAsync(
            folder.Combine("c.json"), $$"""{ "Runtime": { "StateFolder": "{{folder.Combine("state")}}", "Pool": { "BudgetBytes": "155 MB" } } }""");
        await using var small = HostProcess.Start(folder.Combine("a.sock"), home: null, "--config", folder.Combine("c.json"));
        await using var client = await Hosts.ConnectAsync(small);
        var photo = await File.ReadAllBytesAsync(Photo);
        await client.Vision.DetectFacesAsync(photo);
        await client.Vision.RecognizeTextAsync(photo);

        var evicted = await HostProcess.RunAsync(["explain", "--kind", "evicted", "--endpoint", small.Endpoint], Timeout);
        var model = await HostProcess.RunAsync(["explain", "face-back", "--endpoint", small.Endpoint], Timeout);

        Assert.True(evicted.ExitCode == 0, evicted.Error);
        Assert.Contains("face-back@", evicted.Output, StringComparison.Ordinal);
        Assert.Contains("ocr-det@", evicted.Output, StringComparison.Ordinal);
        Assert.Contains("evicted", model.Output, StringComparison.Ordinal);
    }
}
