using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What is in a wave that is kept. Its times and samples count from the place at which it was asked to begin.</summary>
[WireMessage]
public sealed partial class AnalyzeWaveResponse
{
    /// <summary>What was analysed.</summary>
    public required RecordedWave Wave { get; init; }

    /// <summary>The first sample that was analysed, counted in the wave.</summary>
    [WireField(Minimum = 0)]
    public required long FirstSample { get; init; }

    /// <summary>What an ECG has; absent for other waves.</summary>
    public AnalyzeEcgResponse? Ecg { get; init; }

    /// <summary>What a pulse signal has; absent for other waves.</summary>
    public AnalyzePpgResponse? Ppg { get; init; }
}
