using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>Summarises readings. Readings are in order of time; what is not plausible is left out. Thread-safe.</summary>
public static class GlucoseAnalyzer
{
    /// <summary>The share of readings that the consensus asks for.</summary>
    public const double LeastWear = 0.7;

    /// <summary>The days that the consensus asks for.</summary>
    public const double LeastDays = 14;

    /// <summary>Summarises.</summary>
    /// <param name="readings">In order of time.</param>
    /// <param name="targets">Ranges and targets; those of adults where null.</param>
    /// <param name="interval">Time between readings; five minutes where null.</param>
    public static GlucoseSummary Summarize(IReadOnlyList<GlucoseReading> readings, GlucoseTargets? targets = null, TimeSpan? interval = null)
    {
        ArgumentNullException.ThrowIfNull(readings);
        targets ??= GlucoseTargets.Adults;
        var usual = interval ?? TimeSpan.FromMinutes(5);
        Require.That(usual > TimeSpan.Zero, "The time between readings must be positive.");
        var values = readings.Where(IsPlausible).Select(reading => reading.MgPerDl).ToList();
        if (values.Count == 0) return new GlucoseSummary { Readings = 0, Wear = 0, IsSufficient = false };
        var span = readings[^1].Time - readings[0].Time;
        Require.That(span >= TimeSpan.Zero, "Readings must be in order of time.");
        var wear = Math.Min(1, values.Count / ((span / usual) + 1));
        var mean = values.Average();
        double Share(Func<double, bool> of) => values.Count(of) / (double)values.Count;
        var (inRange, low, veryLow) = (Share(x => x >= targets.Low && x <= targets.High), Share(x => x < targets.Low), Share(x => x < GlucoseTargets.VeryLow));
        var (high, veryHigh) = (Share(x => x > targets.High), Share(x => x > GlucoseTargets.VeryHigh));
        return new GlucoseSummary
        {
            Readings = values.Count,
            Wear = wear,
            IsSufficient = wear >= LeastWear && span + usual >= TimeSpan.FromDays(LeastDays),
            Mean = mean,
            StandardDeviation = values.Count > 1 ? Math.Sqrt(values.Sum(x => (x - mean) * (x - mean)) / (values.Count - 1)) : null,
            InRange = inRange,
            Low = low,
            VeryLow = veryLow,
            High = high,
            VeryHigh = veryHigh,
            LowIndex = values.Average(x => Risk(x) is < 0 and var f ? 10 * f * f : 0),
            HighIndex = values.Average(x => Risk(x) is > 0 and var f ? 10 * f * f : 0),
            Met = [inRange > targets.LeastInRange, low < targets.MostLow, veryLow < targets.MostVeryLow, high < targets.MostHigh, veryHigh < targets.MostVeryHigh],
        };
    }

    /// <summary>Percentiles of the readings of each hour of the day.</summary>
    /// <param name="readings">In any order.</param>
    /// <param name="offset">The person's offset from UTC.</param>
    /// <returns>24 hours, from midnight.</returns>
    public static IReadOnlyList<GlucoseHour> PatternOfDay(IReadOnlyList<GlucoseReading> readings, TimeSpan offset)
    {
        ArgumentNullException.ThrowIfNull(readings);
        var hours = readings.Where(IsPlausible).ToLookup(reading => reading.Time.ToOffset(offset).Hour, reading => reading.MgPerDl);
        return [.. Enumerable.Range(0, 24).Select(hour =>
        {
            var sorted = hours[hour].Order().ToArray();
            double? At(double share) => sorted.Length == 0 ? null : Order.QuantileOfSorted(sorted, share);
            return new GlucoseHour(hour, sorted.Length, At(0.05), At(0.25), At(0.5), At(0.75), At(0.95));
        })];
    }

    /// <summary>How fast glucose changes: the slope of the readings of the last 15 minutes by least squares, in mg/dL a minute; null where they are fewer than three.</summary>
    public static double? Slope(IReadOnlyList<GlucoseReading> readings)
    {
        ArgumentNullException.ThrowIfNull(readings);
        if (readings.Count == 0) return null;
        var newest = readings[^1].Time;
        var points = readings.Reverse().TakeWhile(reading => newest - reading.Time <= TimeSpan.FromMinutes(15.5)).Where(IsPlausible)
            .Select(reading => (X: (reading.Time - newest).TotalMinutes, Y: reading.MgPerDl)).ToList();
        if (points.Count < 3) return null;
        var (x, y) = (points.Average(point => point.X), points.Average(point => point.Y));
        var square = points.Sum(point => (point.X - x) * (point.X - x));
        return square == 0 ? null : points.Sum(point => (point.X - x) * (point.Y - y)) / square;
    }

    /// <summary>The arrow of a slope: −3 (falls by more than 3 mg/dL a minute) to 3, 0 for less than 1.</summary>
    public static int Arrow(double slope) => Math.Sign(slope) * Math.Abs(slope) switch { < 1 => 0, < 2 => 1, <= 3 => 2, _ => 3 };

    internal static bool IsPlausible(GlucoseReading reading) => reading.MgPerDl is >= GlucoseReading.Least and <= GlucoseReading.Most;

    // Kovatchev's transform to a scale on which lows and highs weigh alike; zero at 112.5 mg/dL.
    private static double Risk(double mgPerDl) => 1.509 * (Math.Pow(Math.Log(mgPerDl), 1.084) - 5.381);
}
