using EdgeHost.Benchmarks.Transport.Peers;
using EdgeHost.Client;

namespace EdgeHost.Benchmarks.Transport.Contenders;

/// <summary>All contenders, connected, with the processes that answer them. Disposing ends them all.</summary>
internal sealed class ContenderList : IAsyncDisposable
{
    // All that a caller may say of a call, so that the host sets timers and carries the trace.
    private static readonly CallOptions Said = new()
    {
        Deadline = TimeSpan.FromSeconds(30),
        Priority = CallPriority.Interactive,
        TraceParent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    };

    private readonly List<IAsyncDisposable> _owned = [];
    private readonly List<Contender> _contenders = [];

    private ContenderList()
    {
    }

    public IReadOnlyList<Contender> Contenders => _contenders;

    /// <summary>The host of ours; null where ours takes no part.</summary>
    public TransportHost? Host { get; private set; }

    /// <summary>The process of the raw socket.</summary>
    public PeerProcess Raw { get; private set; } = null!;

    /// <summary>Starts those that are wanted, and always the limit.</summary>
    public static async Task<ContenderList> StartAsync(Func<string, bool> isWanted, CancellationToken cancellationToken)
    {
        var list = new ContenderList();
        try
        {
            list.Raw = await list.StartPeerAsync(PeerKinds.Raw);
            list.Add(new RawContender(list.Raw));
            list.Add(new RawContender(list.Raw, isBatched: true));
            if (isWanted(OursContender.Family)) await list.AddOursAsync(cancellationToken);
            if (isWanted(PeerKinds.StreamJsonRpc)) list.Add(new StreamJsonRpcContender(await list.StartPeerAsync(PeerKinds.StreamJsonRpc)));
            if (isWanted(PeerKinds.Grpc)) list.Add(new GrpcContender(await list.StartPeerAsync(PeerKinds.Grpc)));
            if (isWanted(PeerKinds.Json)) list.Add(new JsonContender(await list.StartPeerAsync(PeerKinds.Json)));
            return list;
        }
        catch
        {
            await list.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var i = _owned.Count - 1; i >= 0; i--) await _owned[i].DisposeAsync();
    }

    private async Task AddOursAsync(CancellationToken cancellationToken)
    {
        Host = await TransportHost.StartAsync(cancellationToken);
        _owned.Add(Host);
        Add(new PingOurs(await Host.ConnectOverSocketAsync("ping", cancellationToken)));
        Add(new BlockingOurs(await Host.ConnectOverSocketAsync("blocking", cancellationToken), OursContender.Family));
        Add(new BlockingOurs(await Host.ConnectOverSocketAsync("options", cancellationToken), $"{OursContender.Family}, deadline and trace", Said));
        Add(new AsyncOurs(await Host.ConnectOverSocketAsync("awaited", cancellationToken)));
        Add(new BlockingOurs(await Host.ConnectAsync("region", cancellationToken), OursContender.Region, leastBytes: OursContender.LeastRegionBytes));
        Add(new InPlaceOurs(await Host.ConnectAsync("in-place", cancellationToken)));
    }

    private async Task<PeerProcess> StartPeerAsync(string kind)
    {
        var peer = await PeerProcess.StartAsync(kind);
        _owned.Add(peer);
        return peer;
    }

    private void Add(Contender contender)
    {
        _owned.Add(contender);
        _contenders.Add(contender);
    }
}
