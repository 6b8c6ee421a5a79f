using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Variability;

namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>What a pulse signal shows. Immutable.</summary>
public sealed record PpgAnalysis
{
    /// <summary>The pulses in order of time.</summary>
    public required IReadOnlyList<PpgPulse> Pulses { get; init; }

    /// <summary>Stretches of the signal and what they are worth.</summary>
    public required IReadOnlyList<PpgSegment> Quality { get; init; }

    /// <summary>The quality of the whole: poor where less than half of it is usable, none where nearly none is.</summary>
    public required SignalQuality Level { get; init; }

    /// <summary>60000 over the mean plausible interval, in beats a minute; null where it cannot be told.</summary>
    public required double? PulseRate { get; init; }

    /// <summary>
    /// Variability of the pulse intervals. It is not quite the heart's: the time from heart to finger varies too, most of all beat to beat.
    /// <see cref="HrvReport.Completeness"/> says how much of the time was usable.
    /// </summary>
    public required HrvReport Variability { get; init; }

    /// <summary>
    /// How far RMSSD and pNN50 can be trusted, 0 to 1: they are ruined by few wrong intervals. Likeness of the pulses, share of plausible intervals and completeness, the smallest of the three, scaled from 0.7 to 1.
    /// </summary>
    public required double VariabilityQuality { get; init; }
}
