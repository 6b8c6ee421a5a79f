using EdgeHost.Capabilities.Host;
using EdgeHost.Host.Apps;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;
using EdgeHost.Host.Tests.Methods;
using EdgeHost.Ipc;
using EdgeHost.Runtime.Models;
using EdgeHost.Security.Access;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Tests.Configuration;

public sealed class ConfigurationWatchTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingLoggerFactory _log = new();
    private readonly HostFixture _host;
    private readonly ConfigurationWatch _watch;

    public ConfigurationWatchTests()
    {
        Write("""{"Ipc":{"MaxConnections":5},"Runtime":{"Pool":{"BudgetBytes":"10 MiB"}}}""");
        var sources = new ConfigurationSources(Named: null, _folder.Path)
        {
            Environment = [new ConfigurationText("EDGEHOST_Ipc__MaxDepth", "Ipc:MaxDepth", "9")],
        };
        _host = new HostFixture(
            services => services.AddSingleton<ILoggerFactory>(_log).AddSingleton<AppPolicyChanges>().AddSingleton<ConfigurationWatch>(),
            new HostSettings { Home = _folder.Path, Sources = sources, Configuration = HostConfiguration.Find(sources) });
        _watch = _host.Get<ConfigurationWatch>();
    }

    private IpcOptions Ipc => _host.Get<IOptionsMonitor<IpcOptions>>().CurrentValue;

    private long Budget => _host.Get<IModelPool>().Snapshot().BudgetBytes;

    private ConfigurationState State => _host.Get<ConfigurationState>();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public void LookAgain_ChangedLimits_AreInForceAndNamed()
    {
        Assert.Equal((5, 10L << 20), (Ipc.MaxConnections, Budget));
        Change("""{"Ipc":{"MaxConnections":6},"Runtime":{"Pool":{"BudgetBytes":"20 MiB"}}}""");

        Assert.Equal((6, 9, 20L << 20), (Ipc.MaxConnections, Ipc.MaxDepth, Budget));
        Assert.Null(State.Problem);
        Assert.Contains(_log.Lines, line => line.Text.Contains("In force now: Ipc:MaxConnections = 6, Runtime:Pool:BudgetBytes = 20971520. After a restart: nothing.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"Ipc":{"MaxConnections":6,"MaxConnectionz":1}}""", "did you mean MaxConnections?")]
    [InlineData("""{"Ipc":{"MaxConnections":6},"Runtime":{"Pool":{"BudgetBytes":5}}}""", "Runtime:Pool:BudgetBytes is 5")]
    [InlineData("""{"Ipc":{"MaxConnections":6},"Runtime":{"Scheduling":{"AppWeights":{"a":5000}}}}""", "AppWeights:a is 5000")]
    [InlineData("{", "it is not JSON")]
    public async Task LookAgain_OneBadValue_ChangesNothingAndIsReportedOnce(string json, string problem)
    {
        Change(json);
        _watch.LookAgain();

        Assert.Equal((5, 10L << 20), (Ipc.MaxConnections, Budget));
        Assert.Contains(problem, State.Problem, StringComparison.Ordinal);
        Assert.Single(_log.Lines, line => line.Text.Contains("The configuration stays as it was", StringComparison.Ordinal) && line.Text.Contains(problem, StringComparison.Ordinal));
        var health = await _host.Caller.CallAsync<HealthRequest, HealthResponse>(HostMethods.Health, new HealthRequest(), CancellationToken.None);
        Assert.Equal(HealthStatus.Degraded, health.Status);
        Assert.Contains(health.Problems, text => text.Contains(problem, StringComparison.Ordinal));

        Change("""{"Ipc":{"MaxConnections":7}}""");
        Assert.Null(State.Problem);
        Assert.Equal(7, Ipc.MaxConnections);
    }

    [Fact]
    public async Task LookAgain_AKeyThatNeedsARestart_WaitsWhileTheOthersHold()
    {
        Change("""{"Ipc":{"MaxConnections":6,"SocketMode":"0660"},"Plugins":{"MaxPlugins":3}}""");

        Assert.Equal((6, UnixFileMode.UserRead | UnixFileMode.UserWrite), (Ipc.MaxConnections, Ipc.SocketMode));
        Assert.Equal(["Ipc:SocketMode", "Plugins:MaxPlugins"], State.Waiting);
        var health = await _host.Caller.CallAsync<HealthRequest, HealthResponse>(HostMethods.Health, new HealthRequest(), CancellationToken.None);
        Assert.Equal(HealthStatus.Ready, health.Status);
        Assert.Contains(health.Findings, finding => finding.Text == "waits for a restart: Ipc:SocketMode, Plugins:MaxPlugins");

        Change("""{"Ipc":{"MaxConnections":6}}""");
        Assert.Empty(State.Waiting);
    }

    [Fact]
    public void LookAgain_TheFileRemoved_GoesBackToTheDefaultsUnderTheEnvironment()
    {
        File.Delete(_folder.Combine("edgehost.json"));
        _watch.LookAgain();

        Assert.Equal((256, 9), (Ipc.MaxConnections, Ipc.MaxDepth));
    }

    [Fact]
    public void LookAgain_RulesOfApps_AreInForce()
    {
        Change("""{"Ipc":{"MaxConnections":5},"Runtime":{"Pool":{"BudgetBytes":"10 MiB"}},"Apps":{"Rules":{"camera":{"Grants":["vision.*"]}}}}""");

        Assert.Equal(["camera"], _host.Get<AccessControl>().Policy.Rules.Keys);
    }

    [Fact]
    public async Task Watch_AFileReplacedByRenaming_IsSeenAtTheNextLook()
    {
        await _watch.StartAsync(CancellationToken.None);
        await File.WriteAllTextAsync(_folder.Combine("draft"), """{"Ipc":{"MaxConnections":8}}""");
        File.Move(_folder.Combine("draft"), _folder.Combine("edgehost.json"), overwrite: true);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (Ipc.MaxConnections != 8)
        {
            _host.Time.Advance(ConfigurationWatch.Interval);
            await Task.Delay(10, limit.Token);
        }

        await _watch.StopAsync(CancellationToken.None);
    }

    private void Change(string json)
    {
        Write(json);
        _watch.LookAgain();
    }

    private void Write(string json) => File.WriteAllText(_folder.Combine("edgehost.json"), json);
}
