using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>The memory of all models together.</summary>
[WireMessage]
public sealed partial class PoolStats
{
    /// <summary>Bytes allowed now; less than configured while the machine is short of memory.</summary>
    [WireField(Minimum = 0)]
    public long BudgetBytes { get; init; }

    /// <summary>Bytes allowed by the configuration, or by half of the machine's memory.</summary>
    [WireField(Minimum = 0)]
    public long ConfiguredBudgetBytes { get; init; }

    /// <summary>Bytes charged: resident and loading models, and evicted ones that are still leased.</summary>
    [WireField(Minimum = 0)]
    public long UsedBytes { get; init; }

    /// <summary>The part of the used bytes that is pinned models.</summary>
    [WireField(Minimum = 0)]
    public long PinnedBytes { get; init; }

    /// <summary>The part of the used bytes that is large values of plugins.</summary>
    [WireField(Minimum = 0)]
    public long LargeValueBytes { get; init; }

    /// <summary>Bytes of unused models whose memory is being freed.</summary>
    [WireField(Minimum = 0)]
    public long LeavingBytes { get; init; }

    /// <summary>Leases held now.</summary>
    [WireField(Minimum = 0)]
    public int Leases { get; init; }

    /// <summary>Leases that found their model resident.</summary>
    [WireField(Minimum = 0)]
    public long Hits { get; init; }

    /// <summary>Loads that succeeded.</summary>
    [WireField(Minimum = 0)]
    public long Loads { get; init; }

    /// <summary>Models that left.</summary>
    [WireField(Minimum = 0)]
    public long Evictions { get; init; }

    /// <summary>Hits as a share of hits and loads, 0 to 1; 0 before the first lease.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double HitRate { get; init; }
}
