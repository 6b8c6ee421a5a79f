namespace EdgeHost.Runtime.Models;

/// <summary>The pool at one moment.</summary>
/// <param name="BudgetBytes">Bytes allowed.</param>
/// <param name="UsedBytes">Bytes charged: resident and loading models, and evicted ones that are still leased.</param>
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
    IReadOnlyList<ModelSnapshot> Models);
