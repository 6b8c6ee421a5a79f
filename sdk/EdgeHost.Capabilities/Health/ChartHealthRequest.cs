using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Draws a chart of a person's readings.</summary>
[WireMessage]
public sealed partial class ChartHealthRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>What the chart is of.</summary>
    public required HealthChartKind Kind { get; init; }

    /// <summary>How long it looks back.</summary>
    public SummaryPeriod Period { get; init; }

    /// <summary>Up to when, in milliseconds since 1970 (UTC); absent: now.</summary>
    public long? Until { get; init; }

    /// <summary>The person's time zone, in minutes east of UTC, by which days begin and times are written.</summary>
    [WireField(Minimum = -840, Maximum = 840)]
    public int UtcOffsetMinutes { get; init; }

    /// <summary>Sources in order of precedence: of several that measured the same type on the same day the first of the list counts; absent: all count.</summary>
    [WireField(MaxLength = 100)]
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>The unit of the values, for example <c>mmol/L</c> or <c>[lb_av]</c>; absent: the one in which they are kept.</summary>
    [WireField(MaxLength = 64)]
    public string? Unit { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }

    /// <summary>The colours.</summary>
    public HealthChartTheme Theme { get; init; }

    /// <summary>Width in points.</summary>
    [WireField(Minimum = 200, Maximum = 4096)]
    public int Width { get; init; } = 800;

    /// <summary>Height in points.</summary>
    [WireField(Minimum = 200, Maximum = 4096)]
    public int Height { get; init; } = 400;

    /// <summary>Pixels a point: 2 for a screen of double density.</summary>
    [WireField(Minimum = 1, Maximum = 4)]
    public double Scale { get; init; } = 1;

    /// <summary>How many values of the chart's main line come as numbers, too, for those who draw it themselves: means of equal stretches where there are more.</summary>
    [WireField(Minimum = 0, Maximum = 1000)]
    public int Points { get; init; }
}
