using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Begins to follow the ECG of a live sensor.</summary>
[WireMessage]
public sealed partial class AnalyzeEcgStreamRequest
{
    /// <summary>Samples a second.</summary>
    [WireField(Minimum = 100, Maximum = 2000)]
    public required double SampleRateHz { get; init; }

    /// <summary>Whose alerts the signal raises, by the rules of live signals; absent: none.</summary>
    [WireField(MaxLength = 128)]
    public string? AlertPerson { get; init; }

    /// <summary>What measures it, such as a device; alerts name it.</summary>
    [WireField(MaxLength = 128)]
    public string? Source { get; init; }

    /// <summary>When the first sample was measured, in milliseconds since 1970 (UTC); absent: when the stream began.</summary>
    public long? StartTime { get; init; }
}
