using System.Text.Json;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The configuration file with the real process: taken, overridden, refused.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();

    private string Home => _folder.Combine("home");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Serve_WithAFileInItsHome_TakesIt()
    {
        Write("""{ "Runtime": { "Pool": { "BudgetBytes": "5 MiB" } }, "Ipc": { "MaxCallsPerConnection": 7 } }""");
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), Home);
        await using var client = await Hosts.ConnectAsync(host);

        var stats = await client.Diagnostics.StatsAsync();

        Assert.Equal(5 << 20, stats.Pool.ConfiguredBudgetBytes);
        Assert.Equal(7, client.Host.Limits.MaxCallsPerConnection);
    }

    [Fact]
    public async Task Serve_WithAnOptionAndANamedFile_TheOptionStandsOverTheFile()
    {
        var file = Write("""{ "Runtime": { "Pool": { "BudgetBytes": "5 MiB" } }, "Ipc": { "Endpoint": "/does/not/exist/a.sock" } }""", "other.json");
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), Home, "--config", file, "--memory-budget", "3000000");
        await using var client = await Hosts.ConnectAsync(host);

        Assert.Equal(3_000_000, (await client.Diagnostics.StatsAsync()).Pool.ConfiguredBudgetBytes);
    }

    [Theory]
    [InlineData("""{ "Runtime": { "Pool": { "BudgetByte": 1 } } }""", "Runtime:Pool:BudgetByte is not a key; did you mean BudgetBytes?")]
    [InlineData("""{ "Runtime": { "Scheduling": { "QueueLimit": 0 } } }""", "Runtime:Scheduling:QueueLimit is 0; it takes a whole number from 1 to 65536.")]
    [InlineData("""{ "Ipc": { "MaxDepth": 1 } }""", "Ipc:MaxDepth is 1; it takes a whole number from 4 to 64. (line 1)")]
    [InlineData("""{ "Plugins": { "MaxPlugins": 0 } }""", "Plugins:MaxPlugins is 0;")]
    [InlineData("{", "it is not JSON at line")]
    public async Task Serve_WithAFileThatIsNotGood_EndsWithTwoAndSaysWhere(string json, string problem)
    {
        Write(json);

        var serve = await HostProcess.RunAsync(["serve", "--endpoint", _folder.Combine("a.sock"), "--home", Home], Timeout);
        var check = await HostProcess.RunAsync(["config", "check", "--home", Home], Timeout);

        Assert.Equal((2, 2), (serve.ExitCode, check.ExitCode));
        Assert.Contains(problem, serve.Error, StringComparison.Ordinal);
        Assert.Contains(problem, check.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", serve.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Config_ShowCheckAndSchema_NeedNoHost()
    {
        var file = Write("""{ "Runtime": { "Pool": { "IdleTimeout": "5 min" } } }""", "c.json");
        string[] where = ["--home", Home, "--config", file];

        var show = await HostProcess.RunAsync(["config", "show", "--changed", "--json", .. where], Timeout, environment: new Dictionary<string, string> { ["EDGEHOST_ENDPOINT"] = "/x.sock" });
        var check = await HostProcess.RunAsync(["config", "check", file], Timeout);
        var schema = await HostProcess.RunAsync(["config", "schema"], Timeout);

        Assert.Equal((0, 0, 0), (show.ExitCode, check.ExitCode, schema.ExitCode));
        using var shown = JsonDocument.Parse(show.Output);
        Assert.Equal(
            ["Runtime:Pool:IdleTimeout = 5 min (file)", "Ipc:Endpoint = /x.sock (environment)"],
            shown.RootElement.EnumerateArray().Select(line => $"{line.GetProperty("key")} = {line.GetProperty("value")} ({line.GetProperty("origin")})"));
        using var keys = JsonDocument.Parse(schema.Output);
        var budget = keys.RootElement.GetProperty("properties").GetProperty("Runtime").GetProperty("properties").GetProperty("Pool").GetProperty("properties").GetProperty("BudgetBytes");
        Assert.NotEmpty(budget.GetProperty("description").GetString()!);
    }

    [Fact]
    public async Task Doctor_WithABrokenFile_SaysSoAndGoesOn()
    {
        Write("""{ "Runtim": {} }""");

        var result = await HostProcess.RunAsync(["doctor", "--json", "--home", Home, "--endpoint", _folder.Combine("none.sock")], Timeout);

        Assert.Equal(1, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var checks = json.RootElement.GetProperty("checks").EnumerateArray().ToDictionary(c => c.GetProperty("name").GetString()!);
        Assert.Equal("broken", checks["configuration"].GetProperty("status").GetString());
        Assert.Contains("cpu works", checks["self-test"].GetProperty("finding").GetString()!, StringComparison.Ordinal);
    }

    private string Write(string json, string name = "edgehost.json")
    {
        Directory.CreateDirectory(Home);
        var path = Path.Combine(Home, name);
        File.WriteAllText(path, json);
        return path;
    }
}
