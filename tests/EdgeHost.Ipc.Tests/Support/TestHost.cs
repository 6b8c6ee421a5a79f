using EdgeHost.Client;
using EdgeHost.Ipc.Server;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.Security.Access;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>A socket server with fakes behind it, in a folder of its own.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly TempFolder _folder;
    private readonly bool _ownsFolder;
    private readonly ServiceProvider _services;

    private TestHost(TempFolder? folder, Action<IpcOptions>? configure, TimeProvider? time)
    {
        _ownsFolder = folder is null;
        _folder = folder ?? new TempFolder();
        Endpoint = _folder.Combine("run", "edgehost.sock");
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(time ?? TimeProvider.System);
        services.AddSingleton<ICapabilityDispatcher>(Dispatcher);
        services.AddSingleton<ICapabilityCatalog>(Catalog);
        services.AddEdgeHostIpc(options =>
        {
            options.Endpoint = Endpoint;
            configure?.Invoke(options);
        });
        _services = services.BuildServiceProvider();
        Server = (IpcServer)_services.GetRequiredService<IHostedService>();
    }

    public string Endpoint { get; }

    public FakeDispatcher Dispatcher { get; } = new();

    public FakeCatalog Catalog { get; } = new();

    public IpcServer Server { get; }

    public AccessControl Access => _services.GetRequiredService<AccessControl>();

    public static async Task<TestHost> StartAsync(Action<IpcOptions>? configure = null, TimeProvider? time = null, TempFolder? folder = null)
    {
        var host = new TestHost(folder, configure, time);
        try
        {
            await host.Server.StartAsync(CancellationToken.None);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public Task<EdgeHostClient> ConnectAsync(string app = "test-app")
        => EdgeHostClient.ConnectAsync(new EdgeHostClientOptions { Endpoint = Endpoint, AppName = app, ConnectTimeout = Unexpected.Timeout }).AsTask();

    public RawClient ConnectRaw() => new(Endpoint);

    /// <summary>Waits until every call has ended: its response is seen a moment before.</summary>
    public async Task NoCallsAsync()
    {
        using var unexpected = new CancellationTokenSource(Unexpected.Timeout);
        while (Server.CallCount > 0)
        {
            unexpected.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    public Task StopAsync() => Server.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Server.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        if (_ownsFolder) _folder.Dispose();
    }
}
