namespace EdgeHost.Runtime.Models;

/// <summary>The pool at one moment.</summary>
/// <param name="BudgetBytes">Bytes allowed as configured.</param>
/// <param name="UsedBytes">Bytes charged: resident and loading models, evicted ones that are still leased, and large values.</param>
/// <param name="LeavingBytes">Bytes of unused models whose memory is being freed; no new load starts before it is.</param>
/// <param name="Leases">Leases held.</param>
/// <param name="Hits">Leases that found their model resident.</param>
/// <param name="Loads">Loads that succeeded.</param>
/// <param name="Evictions">Models that left.</param>
/// <param name="Models">Every model, by id, version and device.</param>
public sealed record ModelPoolSnapshot(
    long BudgetBytes,
    long UsedBytes,
    long LeavingBytes,
    int Leases,
    long Hits,
    long Loads,
    long Evictions,
    IReadOnlyList<ModelSnapshot> Models)
{
    /// <summary>Bytes allowed now: less than <see cref="BudgetBytes"/> while the machine is, or just was, short of memory.</summary>
    public long EffectiveBudgetBytes { get; init; } = BudgetBytes;

    /// <summary>The part of <see cref="UsedBytes"/> that is large values of plugins.</summary>
    public long LargeValueBytes { get; init; }

    /// <summary>The part of <see cref="UsedBytes"/> that is pinned models.</summary>
    public long PinnedBytes { get; init; }

    /// <summary>The leases that have been held longest, the oldest first; at most 64.</summary>
    public IReadOnlyList<HeldLease> OldestLeases { get; init; } = [];
}
