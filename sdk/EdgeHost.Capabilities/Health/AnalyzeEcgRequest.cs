using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Analyses an ECG of one lead.</summary>
[WireMessage]
public sealed partial class AnalyzeEcgRequest
{
    /// <summary>The signal in millivolts; at most two hours at 360 Hz unless the host is set otherwise. Longer ones go through <c>health.analyze_ecg_stream</c>.</summary>
    public required HealthSignal Signal { get; init; }

    /// <summary>Samples a second.</summary>
    [WireField(Minimum = 100, Maximum = 2000)]
    public required double SampleRateHz { get; init; }

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
