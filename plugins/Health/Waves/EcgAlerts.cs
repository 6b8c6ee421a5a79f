using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Follows the rules of live ECGs, once for each second of the signal. Not thread-safe.</summary>
internal sealed class EcgAlerts(LiveAlerts alerts, SignalClock clock, double rateHz)
{
    // A run that goes on for so long is told before it ends; of a shorter one its length is told.
    private const double LongRunSeconds = 3;

    private readonly Dictionary<string, double> _values = new(StringComparer.Ordinal);
    private double _longestPause;
    private double _longestRun;
    private double _usableUntil;

    /// <summary>Alerts that were raised.</summary>
    public long Count => alerts.Count;

    /// <summary>A beat that is known now.</summary>
    public void OnBeat(in EcgBeat beat)
    {
        if (beat.Quality < SignalQuality.Poor && double.IsFinite(beat.IntervalMs)) _longestPause = Math.Max(_longestPause, beat.IntervalMs / 1000);
    }

    /// <summary>A stretch of one rhythm that has ended.</summary>
    public void OnRhythm(in RhythmSegment segment)
    {
        if (segment.Kind == RhythmKind.VentricularRun) _longestRun = Math.Max(_longestRun, (segment.End - segment.Start) / rateHz);
    }

    /// <summary>Looks at what a second has shown.</summary>
    public ValueTask TakeAsync(EcgLiveState live, CancellationToken cancellationToken)
    {
        var seconds = live.Samples / rateHz;
        if (live.Quality < SignalQuality.Poor) _usableUntil = seconds;
        _values.Clear();
        _values["ecg_signal_lost"] = seconds - _usableUntil;
        if (_longestPause > 0 || live.Quality < SignalQuality.Poor) _values["ecg_pause"] = _longestPause;
        if (live.Rhythm != RhythmKind.CannotTell)
        {
            _values["ecg_irregular"] = live.Rhythm == RhythmKind.AtrialFibrillationSuspected ? live.RhythmSeconds : 0;
            var goesOn = live.Rhythm == RhythmKind.VentricularRun && live.RhythmSeconds >= LongRunSeconds ? live.RhythmSeconds : 0;
            _values["ecg_ventricular_run"] = Math.Max(_longestRun, goesOn);
        }

        if (live.HeartRate is { } rate) _values["ecg_heart_rate"] = rate;
        (_longestPause, _longestRun) = (0, 0);
        var beside = live.HeartRate is { } known ? new AlertReading("ecg_heart_rate", Math.Round(known, 1), "/min", 0, clock.Source) : null;
        return alerts.TakeAsync(clock.At(1000 * seconds), _values, beside, clock.Source, cancellationToken);
    }
}
