using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A value that a finding rests on.</summary>
[WireMessage]
public sealed partial class HealthReading
{
    /// <summary>What was measured, such as <c>heart_rate</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>Its unit, as UCUM.</summary>
    public required string Unit { get; init; }

    /// <summary>When, in milliseconds since 1970 (UTC), where it is known.</summary>
    public long? Time { get; init; }

    /// <summary>Which source it is from, where it is known.</summary>
    public string? Source { get; init; }
}
