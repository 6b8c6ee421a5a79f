using EdgeHost.Ipc;
using EdgeHost.Ipc.Server;
using EdgeHost.Protocol.Frames;
using EdgeHost.Runtime.Dispatch;
using EdgeHost.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Fuzz.Targets;

/// <summary>
/// A connection of the real server, given any bytes: it answers or closes in time, all that it says is well-formed, nothing unexpected is logged, and
/// after it calls and buffers have gone.
/// </summary>
internal sealed class ConnectionTarget : IFuzzTarget
{
    public const string TargetName = "connection";

    /// <summary>The target whose connection has said hello and opened a region before the input comes.</summary>
    public const string RegionsName = "regions";

    private const int MaxFrameBytes = 64 * 1024;
    private const int MaxDepth = 32;
    private const uint LastId = 0xfffffffe;
    private const long MostAllocatedBytes = 32L * MaxFrameBytes;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly byte[] LastRequest = WireTokens.Request(LastId, "host.ping");

    private readonly TempFolder _folder = new();
    private readonly RecordingLoggerFactory _log = new();
    private readonly ServiceProvider _services;
    private readonly IpcServer _server;
    private readonly string _endpoint;

    private ConnectionTarget(string name)
    {
        Name = name;
        Tokens = [.. WireTokens.Frames, .. WireTokens.Parts, .. name == RegionsName ? WireTokens.References : []];
        _endpoint = _folder.Combine("run", "f.sock");
        _services = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(_log)
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<ICapabilityDispatcher, FuzzDispatcher>()
            .AddSingleton<ICapabilityCatalog, EmptyCatalog>()
            .AddEdgeHostIpc(options =>
            {
                options.Endpoint = _endpoint;
                options.MaxFrameBytes = MaxFrameBytes;
                options.MaxDepth = MaxDepth;
                options.MaxCallsPerConnection = 8;
                options.StreamCredit = 4;
                options.MaxConnectionRegionBytes = 256 * 1024;
                options.MaxRegionsPerConnection = 3;
            })
            .BuildServiceProvider();
        _server = (IpcServer)_services.GetRequiredService<IHostedService>();
    }

    public string Name { get; }

    public IReadOnlyList<byte[]> Tokens { get; }

    public static async Task<ConnectionTarget> StartAsync(string name)
    {
        var target = new ConnectionTarget(name);
        await target._server.StartAsync(CancellationToken.None);
        return target;
    }

    public async ValueTask<IReadOnlyCollection<string>> RunAsync(byte[] input)
    {
        var before = GC.GetTotalAllocatedBytes();
        var conversation = new Conversation(_endpoint, Patience);
        IReadOnlyCollection<string> said;
        using (conversation)
        {
            var toSay = Name == RegionsName ? conversation.OpenRegion(input) : input;
            said = conversation.Run(toSay, EndsBetweenFrames(toSay) ? LastRequest : [], LastId);
        }

        await UntilAsync(() => _server is { ConnectionCount: 0, CallCount: 0, LargeBuffersOutstanding: 0, RegionBytes: 0 });
        var allocated = GC.GetTotalAllocatedBytes() - before;
        if (allocated > MostAllocatedBytes) throw new FuzzException($"{allocated} bytes were allocated for {input.Length}.");
        if (_log.Lines.FirstOrDefault(static line => line.Level >= LogLevel.Error) is { Text: not null } line) throw new FuzzException($"The host logged: {line.Text} {line.Exception}");
        _log.Dispose();
        return said;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    // Otherwise a last request would be the end of a frame that is under way.
    private static bool EndsBetweenFrames(ReadOnlySpan<byte> input)
    {
        var scanner = new FrameScanner(MaxFrameBytes, MaxDepth);
        try
        {
            while (!input.IsEmpty)
            {
                if (!scanner.Consume(input, out var consumed)) return false;
                input = input[consumed..];
                scanner.Reset();
            }

            return true;
        }
        catch (EdgeHostException)
        {
            return false;
        }
    }

    private async Task UntilAsync(Func<bool> isQuiet)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!isQuiet())
        {
            if (deadline.IsCancellationRequested)
            {
                throw new FuzzException($"{_server.ConnectionCount} connections, {_server.CallCount} calls and {_server.LargeBuffersOutstanding} bytes of buffers and {_server.RegionBytes} of regions are left.");
            }

            await Task.Yield();
        }
    }

    private sealed class EmptyCatalog : ICapabilityCatalog
    {
        public IReadOnlyList<CapabilityRoute> Routes => [];

        public CapabilityRoute? Find(string method) => null;

        public void Replace(string provider, IReadOnlyList<CapabilityRoute> routes) => throw new NotSupportedException();
    }
}
