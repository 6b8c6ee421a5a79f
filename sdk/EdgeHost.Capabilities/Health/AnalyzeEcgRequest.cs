using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Analyses an ECG of one lead, or of several that were recorded together.</summary>
[WireMessage]
public sealed partial class AnalyzeEcgRequest
{
    /// <summary>The signal in millivolts, the leads of an instant beside each other; at most two hours of one lead at 360 Hz unless the host is set otherwise. Longer ones go through <c>health.analyze_ecg_stream</c>.</summary>
    public required HealthSignal Signal { get; init; }

    /// <summary>Samples a second.</summary>
    [WireField(Minimum = 100, Maximum = 2000)]
    public required double SampleRateHz { get; init; }

    /// <summary>
    /// Values of an instant, one a lead: 2 for signals that hold the first sample of both leads, then the second of both. All leads are looked at together: a beat is one that all speak for, and a lead
    /// that is off or noisy is made up for by another one.
    /// </summary>
    [WireField(Minimum = 1, Maximum = 12)]
    public int Leads { get; init; } = 1;

    /// <summary>The language of the texts: <c>en</c> or <c>zh</c>; absent: the one that the host is set to.</summary>
    [WireField(MaxLength = 16)]
    public string? Language { get; init; }
}
