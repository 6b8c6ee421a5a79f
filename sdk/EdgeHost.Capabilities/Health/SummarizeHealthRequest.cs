using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Summarises a person's readings.</summary>
[WireMessage]
public sealed partial class SummarizeHealthRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>How long it looks back.</summary>
    public SummaryPeriod Period { get; init; }

    /// <summary>Up to when, in milliseconds since 1970 (UTC); absent: now.</summary>
    public long? Until { get; init; }

    /// <summary>The person's time zone, in minutes east of UTC, by which days begin.</summary>
    [WireField(Minimum = -1080, Maximum = 1080)]
    public int UtcOffsetMinutes { get; init; }

    /// <summary>Sources in order of precedence: of several that measured the same type on the same day the first of the list counts; absent: all count.</summary>
    [WireField(MaxLength = 100)]
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
