using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Classifies blood pressure: the readings that are given.</summary>
[WireMessage]
public sealed partial class ClassifyBloodPressureRequest
{
    /// <summary>The readings, at most 10,000.</summary>
    [WireField(MaxLength = 10000)]
    public IReadOnlyList<BloodPressureReading>? Readings { get; init; }

    /// <summary>The guideline; absent: the one that the host is set to.</summary>
    public BloodPressureScheme? Scheme { get; init; }

    /// <summary>Where the readings were taken.</summary>
    public BloodPressureSetting Setting { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
