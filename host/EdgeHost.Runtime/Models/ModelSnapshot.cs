using EdgeHost.Runtime.Engines;

namespace EdgeHost.Runtime.Models;

/// <summary>A model in the pool at one moment. Counts are since the host started. Immutable.</summary>
public sealed record ModelSnapshot
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Its variant.</summary>
    public required string Variant { get; init; }

    /// <summary>The device's id.</summary>
    public required string Device { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ModelState State { get; init; }

    /// <summary>Why it is in that state or on that device.</summary>
    public required string Reason { get; init; }

    /// <summary>Bytes charged to the budget: reserved while loading, measured afterwards, side files included.</summary>
    public long Bytes { get; init; }

    /// <summary>What <see cref="Bytes"/> is made of, as last measured; zero before the load.</summary>
    public SessionMemory Memory { get; init; }

    /// <summary>Which form was loaded: prepared, or original with the reason; empty before the load.</summary>
    public string Origin { get; init; } = string.Empty;

    /// <summary>Leases held.</summary>
    public int Leases { get; init; }

    /// <summary>Who pins it; empty where nobody does.</summary>
    public IReadOnlyList<string> PinnedBy { get; init; } = [];

    /// <summary>Its rank for eviction; the lowest leaves first.</summary>
    public double Rank { get; init; }

    /// <summary>When it was last leased or released, or null.</summary>
    public DateTimeOffset? LastUsed { get; init; }

    /// <summary>Leases that found it resident.</summary>
    public long Hits { get; init; }

    /// <summary>Loads.</summary>
    public long Loads { get; init; }

    /// <summary>How often it left the pool.</summary>
    public long Evictions { get; init; }

    /// <summary>How long its last load took; zero before the first.</summary>
    public TimeSpan LoadTime { get; init; }
}
