using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Variability;

/// <summary>Computes heart rate variability. Thread-safe.</summary>
public static class HrvAnalyzer
{
    /// <summary>Seconds that figures of the time domain need.</summary>
    public const double ShortSeconds = 60;

    /// <summary>Seconds that the spectrum needs, and that SDNN is defined for.</summary>
    public const double LongSeconds = 300;

    /// <summary>The share of the time that normal intervals must cover.</summary>
    public const double LeastCompleteness = 0.8;

    // A record of a minute is cut where beats fall, so it may hold a little less.
    private const double Tolerance = 0.97;

    /// <summary>Computes the figures.</summary>
    /// <param name="intervals">Normal-to-normal intervals in order of time.</param>
    /// <param name="seconds">The record's length.</param>
    public static HrvReport Analyze(IReadOnlyList<NnInterval> intervals, double seconds)
    {
        ArgumentNullException.ThrowIfNull(intervals);
        if (seconds < 2 * LongSeconds) return Window([.. intervals], Math.Max(0, seconds));
        var count = (int)(seconds / LongSeconds);
        var windows = intervals
            .GroupBy(interval => (int)(interval.EndSeconds / LongSeconds))
            .Where(group => group.Key < count)
            .Select(group => Window([.. group], LongSeconds))
            .ToList();
        return new HrvReport
        {
            WindowSeconds = LongSeconds,
            Windows = windows.Count(window => window.MeanHeartRate is not null),
            Intervals = windows.Sum(window => window.Intervals),
            Completeness = windows.Sum(window => window.Completeness) / count,
            MeanHeartRate = Median(windows, window => window.MeanHeartRate),
            SdnnMs = Median(windows, window => window.SdnnMs),
            RmssdMs = Median(windows, window => window.RmssdMs),
            Pnn50 = Median(windows, window => window.Pnn50),
            Sd1Ms = Median(windows, window => window.Sd1Ms),
            Sd2Ms = Median(windows, window => window.Sd2Ms),
            LowFrequencyMs2 = Median(windows, window => window.LowFrequencyMs2),
            HighFrequencyMs2 = Median(windows, window => window.HighFrequencyMs2),
        };
    }

    private static HrvReport Window(NnInterval[] intervals, double seconds)
    {
        var total = intervals.Sum(interval => interval.Milliseconds);
        var report = new HrvReport
        {
            WindowSeconds = seconds,
            Windows = 1,
            Intervals = intervals.Length,
            Completeness = seconds > 0 ? Math.Min(1, total / 1000 / seconds) : 0,
        };
        if (intervals.Length < 5 || report.Completeness < LeastCompleteness) return report;
        var mean = total / intervals.Length;
        report = report with { MeanHeartRate = 60_000 / mean };
        if (seconds < ShortSeconds * Tolerance) return report;

        var differences = new List<double>(intervals.Length);
        for (var i = 1; i < intervals.Length; i++)
        {
            if (intervals[i].Follows(intervals[i - 1])) differences.Add(intervals[i].Milliseconds - intervals[i - 1].Milliseconds);
        }

        if (differences.Count < 2) return report;
        var sd1 = Math.Sqrt(Variance(differences) / 2);
        var variance = Variance([.. intervals.Select(interval => interval.Milliseconds)]);
        report = report with
        {
            RmssdMs = Math.Sqrt(differences.Sum(difference => difference * difference) / differences.Count),
            Pnn50 = differences.Count(difference => Math.Abs(difference) > 50) / (double)differences.Count,
            Sd1Ms = sd1,
            SdnnMs = Math.Sqrt(variance),
            Sd2Ms = Math.Sqrt(Math.Max(0, (2 * variance) - (sd1 * sd1))),
        };
        if (!report.IsStandardLength) return report;

        var (low, high) = LombScargle.Bands(intervals);
        return report with { LowFrequencyMs2 = low, HighFrequencyMs2 = high };
    }

    private static double Variance(List<double> values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1);
    }

    private static double? Median(List<HrvReport> windows, Func<HrvReport, double?> figure)
    {
        var values = windows.Select(figure).OfType<double>().ToList();
        return values.Count == 0 ? null : Order.Median(values);
    }
}
