using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Variability;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>What an ECG shows. Immutable.</summary>
public sealed record EcgAnalysis
{
    /// <summary>Samples a second.</summary>
    public required double SampleRateHz { get; init; }

    /// <summary>Samples of the signal.</summary>
    public required long Samples { get; init; }

    /// <summary>The beats in order of time.</summary>
    public required IReadOnlyList<EcgBeat> Beats { get; init; }

    /// <summary>Stretches of one rhythm, from start to end without a gap.</summary>
    public required IReadOnlyList<RhythmSegment> Rhythm { get; init; }

    /// <summary>Stretches of one quality, from start to end without a gap.</summary>
    public required IReadOnlyList<QualitySegment> Quality { get; init; }

    /// <summary>The quality of each lead by itself, in their order; empty where there is one.</summary>
    public IReadOnlyList<LeadQuality> Leads { get; init; } = [];

    /// <summary>The quality of the whole: poor where less than half of it is usable, none where less than a tenth is.</summary>
    public required SignalQuality Level { get; init; }

    /// <summary>The median heart rate over usable stretches, in beats a minute; null where it cannot be told: too few beats, or less than half of the signal is usable.</summary>
    public required double? HeartRate { get; init; }

    /// <summary>
    /// Whether the sample rate that was given may be wrong: complexes are nearly all wide (above 80 ms by <see cref="EcgBeat.WidthMs"/>) and the rate is below 45, as if time were stretched. A slow
    /// ventricular rhythm looks the same. A rate that was given too high cannot be told from a fast heart.
    /// </summary>
    public required bool IsRateDoubtful { get; init; }

    /// <summary>Heart rate variability, each figure with null where the signal does not allow it.</summary>
    public required HrvReport Variability { get; init; }
}
