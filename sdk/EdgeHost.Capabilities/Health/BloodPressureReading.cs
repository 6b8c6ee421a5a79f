using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A reading of blood pressure.</summary>
[WireMessage]
public sealed partial class BloodPressureReading
{
    /// <summary>Systolic pressure.</summary>
    public required double Systolic { get; init; }

    /// <summary>Diastolic pressure.</summary>
    public required double Diastolic { get; init; }

    /// <summary>The unit, as UCUM: <c>mm[Hg]</c> (also written <c>mmHg</c>) or <c>kPa</c>.</summary>
    [WireField(MaxLength = 16)]
    public string Unit { get; init; } = "mm[Hg]";

    /// <summary>When, in milliseconds since 1970 (UTC); readings without a time are one occasion.</summary>
    public long? Time { get; init; }
}
