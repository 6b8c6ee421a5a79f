using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>How something changes over the days.</summary>
[WireMessage]
public sealed partial class HealthTrend
{
    /// <summary>The median slope, a week.</summary>
    public required double PerWeek { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    public required double Low { get; init; }

    /// <summary>Upper end of its 95 % interval.</summary>
    public required double High { get; init; }

    /// <summary>Days that it is of.</summary>
    public required int Days { get; init; }
}
