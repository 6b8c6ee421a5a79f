using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Begins to follow the ECG of a live sensor.</summary>
[WireMessage]
public sealed partial class AnalyzeEcgStreamRequest
{
    /// <summary>Samples a second.</summary>
    [WireField(Minimum = 100, Maximum = 2000)]
    public required double SampleRateHz { get; init; }
}
