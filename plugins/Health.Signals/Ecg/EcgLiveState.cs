using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;

namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>What a live signal shows now, before beats are classified.</summary>
/// <param name="HeartRate">Beats a minute: 60 over the median of the last eight intervals; null where it cannot be told: too few beats, a poor signal, or none for long.</param>
/// <param name="Quality">The latest quality that is known, up to five seconds old.</param>
/// <param name="SecondsSinceBeat">
/// Seconds from the latest beat to the newest sample; a beat is known about a second after it happens. Null before the first. With a quality better than
/// <see cref="SignalQuality.Poor"/>, more than three seconds are a pause that goes on.
/// </param>
/// <param name="Samples">Samples pushed so far.</param>
public readonly record struct EcgLiveState(double? HeartRate, SignalQuality Quality, double? SecondsSinceBeat, long Samples)
{
    /// <summary>The rhythm that the beats show that have others on both sides, about twenty beats ago.</summary>
    public RhythmKind Rhythm { get; init; }

    /// <summary>Seconds from where that rhythm began to the latest of these beats.</summary>
    public double RhythmSeconds { get; init; }
}
