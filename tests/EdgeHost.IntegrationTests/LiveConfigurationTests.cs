using EdgeHost.Capabilities.Host;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>The configuration changes while the real process serves: taken over, refused, or left for a restart.</summary>
public sealed class LiveConfigurationTests : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly TempFolder _folder = new();

    private string Home => _folder.Combine("home");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Limits_EditedWhileTheHostRuns_HoldForNewConnectionsAndThePool()
    {
        Write("""{ "Ipc": { "MaxCallsPerConnection": 7 }, "Runtime": { "Pool": { "BudgetBytes": "5 MiB" } } }""");
        await using var host = Start();
        await using var before = await Hosts.ConnectAsync(host);

        Write("""{ "Ipc": { "MaxCallsPerConnection": 9 }, "Runtime": { "Pool": { "BudgetBytes": "6 MiB" } } }""");

        await UntilAsync(host, "the new budget", async () => (await before.Diagnostics.StatsAsync()).Pool.ConfiguredBudgetBytes, bytes => bytes == 6 << 20);
        await UntilPrintedAsync(host, "In force now: Ipc:MaxCallsPerConnection = 9, Runtime:Pool:BudgetBytes = 6291456. After a restart: nothing.");
        await using var after = await Hosts.ConnectAsync(host);
        Assert.Equal((7, 9), (before.Host.Limits.MaxCallsPerConnection, after.Host.Limits.MaxCallsPerConnection));
    }

    [Fact]
    public async Task ABrokenEdit_KeepsTheOldConfiguration_AndIsReportedEverywhere()
    {
        Write("""{ "Ipc": { "MaxCallsPerConnection": 7 } }""");
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host);

        Write("""
            {
              "Ipc": { "MaxCallsPerConnection": 9 },
              "Runtime": { "Pool": { "BudgetByte": 1 } }
            }
            """);

        const string problem = "Runtime:Pool:BudgetByte is not a key; did you mean BudgetBytes? (line 3)";
        var health = await UntilAsync(host, "a degraded host", async () => await client.Diagnostics.HealthAsync(), health => health.Status == HealthStatus.Degraded);
        Assert.Contains(problem, Assert.Single(health.Problems), StringComparison.Ordinal);
        await UntilPrintedAsync(host, "The configuration stays as it was");
        var doctor = await VerbAsync("doctor", "--endpoint", host.Endpoint);
        Assert.Contains(problem, doctor.Output, StringComparison.Ordinal);
        var check = await VerbAsync("config", "check");
        Assert.Equal(2, check.ExitCode);
        Assert.Contains(problem, check.Error, StringComparison.Ordinal);
        await using (var other = await Hosts.ConnectAsync(host)) Assert.Equal(7, other.Host.Limits.MaxCallsPerConnection);

        Write("""{ "Ipc": { "MaxCallsPerConnection": 9 } }""");
        await UntilAsync(host, "a host that is well again", async () => await client.Diagnostics.HealthAsync(), health => health.Status == HealthStatus.Ready);
        await using var mended = await Hosts.ConnectAsync(host);
        Assert.Equal(9, mended.Host.Limits.MaxCallsPerConnection);
    }

    [Fact]
    public async Task AKeyThatNeedsARestart_IsSaidToWaitForIt()
    {
        await using var host = Start();
        await using var client = await Hosts.ConnectAsync(host);

        Write("""{ "Plugins": { "MaxPlugins": 9 } }""");

        await UntilAsync(
            host,
            "a finding",
            async () => await client.Diagnostics.HealthAsync(),
            health => health.Findings.Any(finding => finding is { Subject: "configuration", Text: "waits for a restart: Plugins:MaxPlugins" }));
        await UntilPrintedAsync(host, "In force now: nothing new. After a restart: Plugins:MaxPlugins = 9.");
    }

    [Fact]
    public async Task TheLog_SaysMoreOnceTheFileAsksForIt()
    {
        await using var host = Start();
        await using (await Hosts.ConnectAsync(host)) Assert.DoesNotContain("dbug:", host.Output, StringComparison.Ordinal);

        Write("""{ "Host": { "Verbosity": "Details" } }""");

        await UntilPrintedAsync(host, "dbug:", async () => await (await Hosts.ConnectAsync(host)).DisposeAsync());
    }

    [Fact]
    public async Task Sources_CommandLineOverEnvironmentOverFile()
    {
        Directory.CreateDirectory(Home);
        var named = _folder.Combine("named.json");
        await File.WriteAllTextAsync(named, """{ "Ipc": { "MaxCallsPerConnection": 3, "StreamCredit": 3, "MaxDepth": 13 } }""");
        var environment = new Dictionary<string, string> { ["EDGEHOST_CONFIG"] = named, ["EDGEHOST_Ipc__StreamCredit"] = "4", ["EDGEHOST_Ipc__MaxDepth"] = "14" };
        await using var host = HostProcess.Start(_folder.Combine("a.sock"), Home, environment, "--set", "Ipc:MaxDepth=15");
        await using var client = await Hosts.ConnectAsync(host);

        Assert.Equal((3, 4, 15), (client.Host.Limits.MaxCallsPerConnection, client.Host.StreamCredit, client.Host.Limits.MaxDepth));
        var explain = await HostProcess.RunAsync(["config", "explain", "Ipc:StreamCredit", "--home", Home], Timeout, environment: environment);
        Assert.Contains("now      4 (from environment)", explain.Output, StringComparison.Ordinal);
        var wrong = await HostProcess.RunAsync(["config", "check", "--home", Home, "--set", "Ipc:MaxDept=1"], Timeout, environment: environment);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains("--set Ipc:MaxDept: Ipc:MaxDept is not a key; did you mean MaxDepth?", wrong.Error, StringComparison.Ordinal);
    }

    private HostProcess Start() => HostProcess.Start(_folder.Combine("a.sock"), Home);

    private Task<CommandResult> VerbAsync(params string[] arguments) => HostProcess.RunAsync([.. arguments, "--home", Home], Timeout);

    private static Task<T> UntilAsync<T>(HostProcess host, string expected, Func<Task<T>> read, Func<T, bool> holds)
        => Until.HoldsAsync(expected, read, holds, seen => $"{seen}", () => host.Output);

    private static async Task UntilPrintedAsync(HostProcess host, string text, Func<Task>? meanwhile = null)
        => await Until.HoldsAsync(
            $"'{text}' in the log",
            async () =>
            {
                if (meanwhile is not null) await meanwhile();
                return host.Output;
            },
            output => output.Contains(text, StringComparison.Ordinal),
            _ => "other lines",
            () => host.Output);

    // As editors do: a draft that takes the file's place.
    private void Write(string json)
    {
        Directory.CreateDirectory(Home);
        var draft = Path.Combine(Home, "edgehost.json.draft");
        File.WriteAllText(draft, json);
        File.Move(draft, Path.Combine(Home, "edgehost.json"), overwrite: true);
    }
}
