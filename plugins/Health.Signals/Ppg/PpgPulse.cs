using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>A pulse wave.</summary>
/// <param name="TimeMs">When its upstroke is steepest, in ms on the clock of the frames.</param>
/// <param name="IntervalMs">Milliseconds since the pulse before; NaN for the first one and after a gap.</param>
/// <param name="Quality">The signal's quality around it.</param>
/// <param name="Likeness">How alike it is to the pulses around it: its correlation with their mean, −1 to 1. Below <see cref="LeastLikeness"/> its instant is doubtful.</param>
public readonly record struct PpgPulse(double TimeMs, double IntervalMs, SignalQuality Quality, double Likeness)
{
    /// <summary>The likeness below which a pulse counts for the rate and not for variability.</summary>
    public const double LeastLikeness = 0.85;
}
