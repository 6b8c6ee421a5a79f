using EdgeHost.Capabilities.Host;
using EdgeHost.Client;
using EdgeHost.Client.Diagnostics;
using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>
/// The real host in a process and a home of its own, with plugins that run the test's models. Models are in the store before it starts; settings are in
/// its configuration file.
/// </summary>
internal sealed class RunnerHost : IAsyncDisposable
{
    private static readonly TimeSpan VerbTimeout = TimeSpan.FromMinutes(1);
    private readonly HostHome _home = new();
    private HostProcess? _process;
    private EdgeHostClient? _watcher;

    private RunnerHost()
    {
    }

    public HostProcess Process => _process!;

    /// <summary>Asks for statistics and health, on a connection of its own.</summary>
    public DiagnosticsClient Diagnostics => _watcher!.Diagnostics;

    /// <summary>A path in its home folder.</summary>
    public string PathOf(params string[] parts) => _home.Combine(parts);

    /// <summary>Starts the host and waits until it takes calls.</summary>
    /// <param name="models">Its models, which all plugins may lease.</param>
    /// <param name="settings">Flat keys; values are JSON, or else text.</param>
    /// <param name="plugins">Folders of <c>artifacts/test-plugins</c>.</param>
    public static async Task<RunnerHost> StartAsync(
        IReadOnlyList<TestModel> models, IReadOnlyDictionary<string, string>? settings = null, params IReadOnlyList<string> plugins)
    {
        var host = new RunnerHost();
        try
        {
            await host.InstallAsync(models);
            foreach (var plugin in plugins.Count == 0 ? ["ModelRunner"] : plugins) host._home.LayOutPlugin(plugin, models.Select(model => model.Id));
            host._home.Configure(settings ?? new Dictionary<string, string>());
            host._process = HostProcess.Start(host._home.Combine("h.sock"), host._home.Path);
            host._watcher = await Hosts.ConnectAsync(host._process, "watcher");
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task<RunnerClient> ConnectAsync(string app) => new(await Hosts.ConnectAsync(Process, app));

    /// <summary>Runs a verb against this host; it must end well.</summary>
    public async Task<CommandResult> VerbAsync(params string[] arguments)
    {
        var result = await HostProcess.RunAsync([.. arguments, "--home", _home.Path, "--endpoint", Process.Endpoint], VerbTimeout);
        Assert.True(result.ExitCode == 0, $"'edgehost {string.Join(' ', arguments)}' ended with {result.ExitCode}:\n{result.Output}\n{result.Error}");
        return result;
    }

    /// <summary>Waits until the host's statistics are as expected.</summary>
    public Task<StatsResponse> UntilStatsAsync(string expected, Func<StatsResponse, bool> holds)
        => Until.HoldsAsync(expected, async () => await Diagnostics.StatsAsync(), holds, Show, () => Process.Output);

    /// <summary>Waits until the host's health is as expected.</summary>
    public Task<HealthResponse> UntilHealthAsync(string expected, Func<HealthResponse, bool> holds)
        => Until.HoldsAsync(
            expected,
            async () => await Diagnostics.HealthAsync(),
            holds,
            health => $"{health.Status}: {string.Join("; ", health.Problems)}",
            () => Process.Output);

    public async ValueTask DisposeAsync()
    {
        if (_watcher is not null) await _watcher.DisposeAsync();
        if (_process is not null) await _process.DisposeAsync();
        _home.Dispose();
    }

    private static string Show(StatsResponse stats)
    {
        var devices = stats.Devices.Select(device =>
            $"{device.Id} {device.Health} ({device.HealthReason}): {device.Running} running, "
            + $"{device.QueuedInteractive}+{device.QueuedNormal}+{device.QueuedBackground}+{device.QueuedTraining} waiting, {device.Completed} completed, "
            + $"{device.Failed} failed, {device.Cancelled} cancelled, {device.Abandoned} abandoned");
        var models = stats.Models.Select(model => $"{model.Model} on {model.Device}: {model.State}, {model.Bytes} bytes, {model.Leases} leases");
        return $"{stats.ActiveCalls} calls; pool {stats.Pool.UsedBytes} of {stats.Pool.BudgetBytes} ({stats.Pool.ConfiguredBudgetBytes}), {stats.Pool.Leases} leases; "
            + $"conditions {stats.Conditions.MinimumPriority}, {stats.Conditions.Memory}, {stats.Conditions.Reason}\n  {string.Join("\n  ", devices.Concat(models))}";
    }

    private async Task InstallAsync(IReadOnlyList<TestModel> models)
    {
        var graphs = Directory.CreateDirectory(_home.Combine("graphs")).FullName;
        var manifests = Directory.CreateDirectory(_home.Combine("catalog")).FullName;
        foreach (var model in models) model.WriteTo(graphs, manifests);
        await _home.PullAsync(models.Select(model => model.Id), []);
    }
}
