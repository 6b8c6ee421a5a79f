using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What an ECG shows. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class AnalyzeEcgResponse
{
    /// <summary>The beats in order of time.</summary>
    public required IReadOnlyList<HeartBeat> Beats { get; init; }

    /// <summary>The median heart rate, in beats a minute; absent where it cannot be told. A flat line has none, never 0.</summary>
    public double? HeartRateBpm { get; init; }

    /// <summary>Heart rate variability.</summary>
    public required HeartVariability Variability { get; init; }

    /// <summary>Stretches of one rhythm.</summary>
    public required IReadOnlyList<RhythmSpan> Rhythm { get; init; }

    /// <summary>How far the signal can be trusted.</summary>
    public required SignalQualityReport Quality { get; init; }

    /// <summary>How far each lead can be trusted by itself; empty where there is one.</summary>
    public IReadOnlyList<EcgLeadQuality> Leads { get; init; } = [];

    /// <summary>What it means and what to do, the most urgent first.</summary>
    public IReadOnlyList<HealthFinding> Findings { get; init; } = [];
}
