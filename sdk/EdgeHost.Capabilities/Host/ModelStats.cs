using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>A model in the pool at one moment. Counts are since the host started.</summary>
[WireMessage]
public sealed partial class ModelStats
{
    /// <summary>The model as id@version.</summary>
    public required string Model { get; init; }

    /// <summary>The variant that is loaded, for example fp32.</summary>
    public string? Variant { get; init; }

    /// <summary>The device it is on.</summary>
    public required string Device { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ModelLifeState State { get; init; }

    /// <summary>Why it is in that state or on that device.</summary>
    public string? Reason { get; init; }

    /// <summary>Bytes charged to the budget: reserved while it loads, measured afterwards, side files included.</summary>
    [WireField(Minimum = 0)]
    public long Bytes { get; init; }

    /// <summary>The part that is weights and structures of this process alone.</summary>
    [WireField(Minimum = 0)]
    public long PrivateBytes { get; init; }

    /// <summary>The part that is mapped from a file and that the system may drop and read again.</summary>
    [WireField(Minimum = 0)]
    public long MappedBytes { get; init; }

    /// <summary>The part that is buffers kept between runs.</summary>
    [WireField(Minimum = 0)]
    public long WorkingBytes { get; init; }

    /// <summary>Which form was loaded: prepared, or original with the reason.</summary>
    public string? Origin { get; init; }

    /// <summary>Leases held now; above 0 it cannot leave.</summary>
    [WireField(Minimum = 0)]
    public int Leases { get; init; }

    /// <summary>Who pins it; empty where nobody does.</summary>
    public IReadOnlyList<string> PinnedBy { get; init; } = [];

    /// <summary>Its rank for eviction; the lowest leaves first.</summary>
    public double Rank { get; init; }

    /// <summary>Milliseconds since it was last leased or released; absent before the first time.</summary>
    [WireField(Minimum = 0)]
    public long? IdleMs { get; init; }

    /// <summary>Leases that found it resident.</summary>
    [WireField(Minimum = 0)]
    public long Hits { get; init; }

    /// <summary>Loads.</summary>
    [WireField(Minimum = 0)]
    public long Loads { get; init; }

    /// <summary>Times that it left the pool.</summary>
    [WireField(Minimum = 0)]
    public long Evictions { get; init; }

    /// <summary>Milliseconds that its last load took; 0 before the first.</summary>
    [WireField(Minimum = 0)]
    public long LoadMs { get; init; }
}
