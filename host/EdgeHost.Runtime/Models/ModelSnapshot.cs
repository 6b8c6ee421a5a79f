namespace EdgeHost.Runtime.Models;

/// <summary>A model in the pool at one moment.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="Variant">Its variant.</param>
/// <param name="Device">The device's id.</param>
/// <param name="State">Where it is in its life.</param>
/// <param name="Reason">Why it is in that state or on that device.</param>
/// <param name="Bytes">Bytes charged to the budget: reserved while loading, measured afterwards, side files included.</param>
/// <param name="Leases">Leases held.</param>
/// <param name="LastUsed">When it was last leased or released, or null.</param>
/// <param name="Hits">Leases that found it resident since the host started.</param>
/// <param name="Loads">Loads since the host started.</param>
/// <param name="Evictions">How often it left the pool since the host started.</param>
/// <param name="LoadTime">How long its last load took; zero before the first.</param>
public sealed record ModelSnapshot(
    string Id,
    string Version,
    string Variant,
    string Device,
    ModelState State,
    string Reason,
    long Bytes,
    int Leases,
    DateTimeOffset? LastUsed,
    long Hits,
    long Loads,
    long Evictions,
    TimeSpan LoadTime);
