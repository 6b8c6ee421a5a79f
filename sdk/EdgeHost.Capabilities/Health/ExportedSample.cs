using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A reading as it is kept.</summary>
[WireMessage]
public sealed partial class ExportedSample
{
    /// <summary>What was measured.</summary>
    public required string Type { get; init; }

    /// <summary>The value in the unit that the type is kept in.</summary>
    public required double Value { get; init; }

    /// <summary>That unit, as UCUM.</summary>
    public required string Unit { get; init; }

    /// <summary>When, in milliseconds since 1970 (UTC).</summary>
    public required long Time { get; init; }

    /// <summary>What measured it; empty where nobody said.</summary>
    public string Source { get; init; } = "";

    /// <summary>The number as it came.</summary>
    public required double GivenValue { get; init; }

    /// <summary>The unit as it came.</summary>
    public required string GivenUnit { get; init; }

    /// <summary>The person's time zone then, in minutes east of UTC.</summary>
    public int? UtcOffsetMinutes { get; init; }

    /// <summary>Why it does not count, or absent.</summary>
    public string? Flag { get; init; }
}
