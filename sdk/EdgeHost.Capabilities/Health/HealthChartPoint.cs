using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A value of a chart's main line.</summary>
[WireMessage]
public sealed partial class HealthChartPoint
{
    /// <summary>When, in milliseconds since 1970 (UTC); of the glucose pattern in milliseconds since the person's midnight.</summary>
    public required double Time { get; init; }

    /// <summary>The value in the unit of the chart.</summary>
    public required double Value { get; init; }
}
