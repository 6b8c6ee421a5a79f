using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Signals.Ppg;
using EdgeHost.Plugins.Health.Signals.Quality;

namespace EdgeHost.Plugins.Health.Signals.Variability;

/// <summary>Makes normal-to-normal intervals of beats and of plain intervals: both intervals that touch an ectopic, missed or doubtful beat are left out.</summary>
public static class NnIntervals
{
    /// <summary>Shorter intervals, in ms, are no heart's of a person at rest.</summary>
    public const double Shortest = 300;

    /// <summary>Longer ones hold a pause or a missed beat.</summary>
    public const double Longest = 2000;

    private const int Reach = 5;
    private const double MostDeviation = 0.3;
    private const double MostPulseDeviation = 0.25;

    /// <summary>The normal-to-normal intervals of an ECG's beats.</summary>
    public static IReadOnlyList<NnInterval> Of(IReadOnlyList<EcgBeat> beats, double sampleRateHz)
    {
        ArgumentNullException.ThrowIfNull(beats);
        var intervals = new List<NnInterval>(beats.Count);
        for (var i = 1; i < beats.Count; i++)
        {
            if (IsNormal(beats[i]) && IsNormal(beats[i - 1]) && double.IsFinite(beats[i].IntervalMs)) intervals.Add(new NnInterval(beats[i].Sample / sampleRateHz, beats[i].IntervalMs));
        }

        return WithoutOutliers(intervals);
    }

    /// <summary>The plausible ones of intervals that follow each other, such as those of a chest strap.</summary>
    /// <param name="milliseconds">The intervals; what is no number is left out, and time goes on by the median for it.</param>
    public static IReadOnlyList<NnInterval> Of(IReadOnlyList<double> milliseconds)
    {
        ArgumentNullException.ThrowIfNull(milliseconds);
        var (intervals, time) = (new List<NnInterval>(milliseconds.Count), 0.0);
        var usual = Order.Median(milliseconds.Where(x => x is >= Shortest and <= Longest));
        foreach (var interval in milliseconds)
        {
            time += (interval is > 0 and < 60_000 ? interval : usual) / 1000;
            if (interval is > 0 and < 60_000) intervals.Add(new NnInterval(time, interval));
        }

        return WithoutOutliers(intervals);
    }

    /// <summary>The plausible intervals of pulses: those between clear pulses of a usable signal, within 25 % of the median of the eleven around them.</summary>
    public static IReadOnlyList<NnInterval> Of(IReadOnlyList<PpgPulse> pulses)
    {
        ArgumentNullException.ThrowIfNull(pulses);
        var intervals = new List<NnInterval>(pulses.Count);
        for (var i = 1; i < pulses.Count; i++)
        {
            if (IsClear(pulses[i]) && IsClear(pulses[i - 1]) && double.IsFinite(pulses[i].IntervalMs)) intervals.Add(new NnInterval(pulses[i].TimeMs / 1000, pulses[i].IntervalMs));
        }

        return WithoutOutliers(intervals, MostPulseDeviation);
    }

    // Intervals beyond the limits, and those far off the median of the eleven around them, are missed beats and extra ones.
    private static List<NnInterval> WithoutOutliers(List<NnInterval> intervals, double mostDeviation = MostDeviation)
    {
        var kept = new List<NnInterval>(intervals.Count);
        Span<double> around = stackalloc double[(2 * Reach) + 1];
        for (var i = 0; i < intervals.Count; i++)
        {
            if (intervals[i].Milliseconds is not (>= Shortest and <= Longest)) continue;
            var first = Math.Max(0, i - Reach);
            var count = Math.Min(intervals.Count, i + Reach + 1) - first;
            for (var k = 0; k < count; k++) around[k] = intervals[first + k].Milliseconds;
            around[..count].Sort();
            var median = Order.MedianOfSorted(around[..count]);
            if (Math.Abs(intervals[i].Milliseconds - median) <= mostDeviation * median) kept.Add(intervals[i]);
        }

        return kept;
    }

    private static bool IsClear(PpgPulse pulse) => pulse is { Quality: < SignalQuality.Poor, Likeness: >= PpgPulse.LeastLikeness };

    private static bool IsNormal(EcgBeat beat) => beat.Kind == BeatKind.Normal && beat.Quality < SignalQuality.Poor;
}
