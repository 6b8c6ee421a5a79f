using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The glucose of an hour of the day over all days of a period, as percentiles in mg/dL (ambulatory glucose profile); absent without readings.</summary>
[WireMessage]
public sealed partial class GlucoseHourFigures
{
    /// <summary>The hour by the person's clock, 0 to 23.</summary>
    [WireField(Minimum = 0, Maximum = 23)]
    public required int Hour { get; init; }

    /// <summary>Readings of it.</summary>
    [WireField(Minimum = 0)]
    public required int Readings { get; init; }

    /// <summary>The 5th percentile.</summary>
    public double? P5 { get; init; }

    /// <summary>The 25th percentile.</summary>
    public double? P25 { get; init; }

    /// <summary>The median.</summary>
    public double? Median { get; init; }

    /// <summary>The 75th percentile.</summary>
    public double? P75 { get; init; }

    /// <summary>The 95th percentile.</summary>
    public double? P95 { get; init; }
}
