using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>The real host with the plugin that takes and gives bytes, in a process and a home of its own.</summary>
internal sealed class TransportHost : IAsyncDisposable
{
    private const string Plugin = "Transport";

    private readonly HostHome _home = new();
    private RunningHost? _host;

    private TransportHost()
    {
    }

    public int ProcessId => _host!.ProcessId;

    public static async Task<TransportHost> StartAsync(CancellationToken cancellationToken)
    {
        var host = new TransportHost();
        try
        {
            host._home.LayOutPlugin(Plugin, []);
            host._host = await RunningHost.StartAsync(new RunningHostOptions { Home = host._home.Path }, cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects an app as an app does, so that large payloads go through shared memory.</summary>
    public Task<EdgeHostClient> ConnectAsync(string app, CancellationToken cancellationToken) => _host!.ConnectAsync(app, cancellationToken);

    /// <summary>Connects an app whose payloads all go over the socket.</summary>
    public Task<EdgeHostClient> ConnectOverSocketAsync(string app, CancellationToken cancellationToken)
        => _host!.ConnectAsync(app, cancellationToken, static options => options.RegionThresholdBytes = int.MaxValue);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        _home.Dispose();
    }
}
