using System.Collections.Concurrent;
using EdgeHost.Capabilities.Models;
using EdgeHost.IntegrationTests.Running;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>Versions on the real host: promoted under load, tried, taken back by themselves.</summary>
public class VersionTests
{
    private const string Model = "scores";

    [UnixFact]
    public async Task Promote_AndRollBack_UnderLoad_FailNoCall()
    {
        await using var host = await StartAsync();
        await using var app = await host.ConnectAsync("app");
        await app.RunAsync(Model);
        var (first, second) = (await AddAsync(host, VersionGraphs.Good(4)), await AddAsync(host, VersionGraphs.Good(3)));
        using var stop = new CancellationTokenSource();
        var (failures, served) = (new ConcurrentQueue<Exception>(), new ConcurrentDictionary<string, int>());
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(WorkAsync)).ToList();

        await host.VerbAsync("models", "promote", Model, "--version", first, "--force");
        for (var round = 0; round < 4; round++)
        {
            await host.VerbAsync("models", "promote", Model, "--version", second, "--force");
            Assert.Equal($"{Model}@{second}", Assert.Single((await app.ExplainAsync(Model)).Models));
            await host.VerbAsync("models", "rollback", Model);
            Assert.Equal($"{Model}@{first}", Assert.Single((await app.ExplainAsync(Model)).Models));
        }

        await stop.CancelAsync();
        await Task.WhenAll(workers);

        Assert.Empty(failures);
        Assert.Equal([$"{Model}@1.0.0", $"{Model}@{first}", $"{Model}@{second}"], served.Keys.Order(StringComparer.Ordinal));
        Assert.Contains("asked for, whatever its gate says", (await host.VerbAsync("models", "history", Model, "--json")).Output, StringComparison.Ordinal);
        Assert.Contains("version_promoted", await File.ReadAllTextAsync(host.PathOf("audit", "audit.jsonl")), StringComparison.Ordinal);

        async Task WorkAsync()
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    served.AddOrUpdate(Assert.Single((await app.ExplainAsync(Model)).Models), 1, static (_, count) => count + 1);
                }
                catch (Exception e) when (e is EdgeHostException or Xunit.Sdk.XunitException)
                {
                    failures.Enqueue(e);
                }
            }
        }
    }

    [UnixFact]
    public async Task AGoodVersion_GoesFromShadowToServing_ByItself()
    {
        await using var host = await StartAsync();
        await using var app = await host.ConnectAsync("app");

        var version = await AddAsync(host, VersionGraphs.Good(4), "--shadow");
        await UntilAsync(host, app, version, VersionStage.Current);

        Assert.Equal($"{Model}@{version}", Assert.Single((await app.ExplainAsync(Model)).Models));
        await using var owner = await OwnerAsync(host);
        var history = (await owner.Models.GetHistoryAsync(Model)).Events;
        Assert.Equal(["current by gate", "canary by gate", "shadow by owner", "stored by maker"], history.Select(static entry => $"{entry.To.ToString().ToLowerInvariant()} by {entry.By}"));
        Assert.Contains("\"agreement\":1", history[1].Figures, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("wrong", "agrees in 0 % of scores")]
    [InlineData("throwing", "calls failed")]
    [InlineData("slow", "times as long")]
    public async Task ABadVersion_IsRetiredInShadow_AndNoCallNoticesIt(string kind, string reason)
    {
        await using var host = await StartAsync(kind == "slow" ? 3 : 100);
        await using var app = await host.ConnectAsync("app");

        var version = await AddAsync(host, kind switch { "wrong" => VersionGraphs.Wrong(), "throwing" => VersionGraphs.Throwing(), _ => VersionGraphs.Slow() }, "--shadow");

        // A call that failed would fail this.
        var retired = await UntilAsync(host, app, version, VersionStage.Retired);
        Assert.Contains(reason, retired.Reason, StringComparison.Ordinal);
        Assert.Equal($"{Model}@1.0.0", Assert.Single((await app.ExplainAsync(Model)).Models));
    }

    [UnixFact]
    public async Task AVersionThatFailsAfterItTookOver_IsRolledBack_ByItself()
    {
        await using var host = await StartAsync();
        await using var app = await host.ConnectAsync("app");
        var good = await AddAsync(host, VersionGraphs.Good(4));
        await host.VerbAsync("models", "promote", Model, "--version", good, "--force");
        var bad = await AddAsync(host, VersionGraphs.Throwing());
        await host.VerbAsync("models", "promote", Model, "--version", bad, "--force");

        var retired = await UntilAsync(host, app, bad, VersionStage.Retired, mayFail: true);

        Assert.Contains("calls failed", retired.Reason, StringComparison.Ordinal);
        Assert.Equal($"{Model}@{good}", Assert.Single((await app.ExplainAsync(Model)).Models));
    }

    [UnixFact]
    public async Task Add_OfAnotherSignature_IsRefused_AndAnAppsVersionIsItsOwn()
    {
        await using var host = await StartAsync();
        await using var app = await host.ConnectAsync("app");
        await using var other = await host.ConnectAsync("other");
        var misfit = host.PathOf("misfit.onnx");
        await File.WriteAllBytesAsync(misfit, VersionGraphs.Misfit());

        var refused = await HostProcess.RunAsync(["models", "add", Model, misfit, "--home", host.PathOf(), "--endpoint", host.Process.Endpoint], TimeSpan.FromMinutes(1));
        var version = await AddAsync(host, VersionGraphs.Good(4), "--app", "app");
        await host.VerbAsync("models", "promote", Model, "--app", "app", "--force");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("failed_precondition", refused.Error, StringComparison.Ordinal);
        Assert.Contains("y float32[2]", refused.Error, StringComparison.Ordinal);
        Assert.Equal($"{Model}@{version}", Assert.Single((await app.ExplainAsync(Model)).Models));
        Assert.Equal($"{Model}@1.0.0", Assert.Single((await other.ExplainAsync(Model)).Models));
    }

    internal static Dictionary<string, string> Settings { get; } = new()
    {
        ["Runtime:Conditions:SystemRoot"] = "/nonexistent",
        ["Deployment:JudgeInterval"] = "00:00:00.200",
        ["Deployment:CanaryShare"] = "0.5",
        ["Deployment:ShadowRate"] = "10000",
        ["Deployment:ShadowQueueLength"] = "64",
        ["Deployment:Gate:MinCalls"] = "20",
        ["Deployment:Gate:MinAgreement"] = "0.9",
    };

    // The graphs take some microseconds: of those that are as good, one may well take many times as long as the other on a busy machine.
    private static Task<RunnerHost> StartAsync(int latencyRatio = 100)
        => RunnerHost.StartAsync([new TestModel(Model, VersionGraphs.Good())], new Dictionary<string, string>(Settings) { ["Deployment:Gate:MaxLatencyRatio"] = $"{latencyRatio}" });

    private static Task<Client.EdgeHostClient> OwnerAsync(RunnerHost host) => Hosts.ConnectAsync(host.Process, "edgehost-cli");

    private static async Task<string> AddAsync(RunnerHost host, byte[] graph, params string[] arguments)
    {
        var file = host.PathOf($"{Guid.NewGuid():n}.onnx");
        await File.WriteAllBytesAsync(file, graph);
        await host.VerbAsync(["models", "add", Model, file, .. arguments]);
        await using var owner = await OwnerAsync(host);
        return (await owner.Models.ListVersionsAsync(Model)).Versions[0].Version;
    }

    // Calls, and looks, until the version is where it is expected.
    private static async Task<ModelVersionEntry> UntilAsync(RunnerHost host, RunnerClient app, string version, VersionStage expected, bool mayFail = false)
    {
        await using var owner = await OwnerAsync(host);
        return await Until.HoldsAsync(
            $"{version} is {expected}",
            async () =>
            {
                for (var i = 0; i < 5; i++)
                {
                    try
                    {
                        await app.RunAsync(Model);
                    }
                    catch (EdgeHostException) when (mayFail)
                    {
                        // That is what it is rolled back for.
                    }
                }

                return (await owner.Models.ListVersionsAsync(Model)).Versions.Single(entry => entry.Version == version);
            },
            entry => entry.Stage == expected,
            static entry => $"{entry.Stage} ({entry.Reason}): {entry.Calls} calls, {entry.Errors} errors, {entry.Agreement}, {entry.LatencyRatio}, {entry.Dropped} dropped",
            () => host.Process.Output);
    }
}
