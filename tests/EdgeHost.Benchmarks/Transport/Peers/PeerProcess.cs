using System.Diagnostics;
using EdgeHost.Benchmarks.Hosts;
using EdgeHost.Benchmarks.Transport.Measuring;
using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>A running <see cref="PeerServer"/>. Disposing ends it.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Process _process;

    private PeerProcess(string kind)
    {
        Kind = kind;
        var start = new ProcessStartInfo(Environment.ProcessPath!, [PeerServer.Verb, kind, Path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in RunningHost.DeviceCollector) start.Environment[name] = value;
        _process = Process.Start(start)!;
    }

    /// <summary>One of <see cref="PeerKinds"/>.</summary>
    public string Kind { get; }

    /// <summary>Its socket.</summary>
    public string Path => _folder.Combine("p.sock");

    public int ProcessId => _process.Id;

    /// <summary>Starts the process and waits until it listens.</summary>
    public static async Task<PeerProcess> StartAsync(string kind)
    {
        var peer = new PeerProcess(kind);
        try
        {
            await peer.ReadLineAsync();
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asks what it has used so far.</summary>
    public async ValueTask<ResourceUse> GetUseAsync()
    {
        await _process.StandardInput.WriteLineAsync("use");
        await _process.StandardInput.FlushAsync();
        var parts = (await ReadLineAsync()).Split(' ');
        return new ResourceUse(long.Parse(parts[0]), long.Parse(parts[1]));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<string> ReadLineAsync()
        => await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The process of the peer '{Kind}' ended.");
}
