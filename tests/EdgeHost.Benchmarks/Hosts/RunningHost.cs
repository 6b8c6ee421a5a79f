using System.Diagnostics;
using EdgeHost.Client;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>The real host in a process of its own, on the models that are already pulled.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    private readonly TempFolder _folder = new();
    private HostProcess? _process;

    /// <summary>
    /// Environment of a process on a device. The collector sizes its youngest generation by the processor's cache, which on a server is larger than all
    /// of a device's; this is a device's figure, and what docs/operations.md recommends.
    /// </summary>
    public static IReadOnlyDictionary<string, string> DeviceCollector { get; } = new Dictionary<string, string> { ["DOTNET_GCgen0size"] = "0x1000000" };

    /// <summary>From the start of the process to the first accepted call.</summary>
    public TimeSpan StartTime { get; private set; }

    public int ProcessId => _process!.ProcessId;

    /// <summary>Time of the processor that it has used, of all its threads.</summary>
    public double ProcessorSeconds
    {
        get
        {
            using var process = Process.GetProcessById(ProcessId);
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>What it logged so far, for the message of a failure.</summary>
    public string Output => _process!.Output;

    public static Task<RunningHost> StartAsync(CancellationToken cancellationToken) => StartAsync(new RunningHostOptions(), cancellationToken);

    public static async Task<RunningHost> StartAsync(RunningHostOptions options, CancellationToken cancellationToken)
    {
        var host = new RunningHost();
        try
        {
            var started = Stopwatch.GetTimestamp();
            host._process = HostProcess.Start(host._folder.Combine("h.sock"), options.Home, DeviceCollector, ["--quiet", .. options.Arguments]);
            await using var client = await host.ConnectAsync("first", cancellationToken);
            await client.PingAsync(cancellationToken: cancellationToken);
            host.StartTime = Stopwatch.GetElapsedTime(started);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Connects an app.</summary>
    /// <param name="app">Its name.</param>
    /// <param name="cancellationToken">Stops waiting for the host.</param>
    /// <param name="configure">Changes the client's options; null for the defaults.</param>
    public async Task<EdgeHostClient> ConnectAsync(string app, CancellationToken cancellationToken, Action<EdgeHostClientOptions>? configure = null)
    {
        var options = new EdgeHostClientOptions { Endpoint = _process!.Endpoint, AppName = app };
        configure?.Invoke(options);
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await EdgeHostClient.ConnectAsync(options, cancellationToken);
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.Unavailable && Stopwatch.GetElapsedTime(started) < StartTimeout && !_process!.HasExited)
            {
                await Task.Delay(1, cancellationToken);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }
}
