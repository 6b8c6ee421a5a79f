using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Baselines;

/// <summary>Personal baselines, changes against them, and trends, robust against outliers. Values are in order of days, one a day. Thread-safe.</summary>
public static class BaselineAnalyzer
{
    /// <summary>Days that a baseline looks back.</summary>
    public const int Window = 14;

    /// <summary>Days that it needs: before, nothing is "usual for you".</summary>
    public const int LeastDays = 7;

    /// <summary>Days that a trend needs.</summary>
    public const int LeastTrendDays = 7;

    /// <summary>The most days of a trend; the newest count.</summary>
    public const int MostTrendDays = 730;

    private const double ToDeviation = 1.4826;
    private const double NormalQuantile = 1.959964;

    /// <summary>The baseline of the days before a day; null where fewer than seven of the fourteen have a value.</summary>
    /// <param name="values">In order of days.</param>
    /// <param name="day">The day that is judged; its own value does not count.</param>
    /// <param name="leastDeviation">What the deviation is at least: how far the sensor itself is off. Without it a constant history makes any change infinite.</param>
    public static Baseline? Before(IReadOnlyList<DailyValue> values, DateOnly day, double leastDeviation = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        var before = values.Where(value => value.Day < day && value.Day >= day.AddDays(-Window) && double.IsFinite(value.Value)).Select(value => value.Value).ToList();
        if (before.Count < LeastDays) return null;
        var median = Order.Median(before);
        return new Baseline(median, Math.Max(leastDeviation, ToDeviation * Order.Median(before.Select(value => Math.Abs(value - median)))), before.Count);
    }

    /// <summary>
    /// Days from which on values are lasting higher or lower: a two-sided cumulative sum of scores against the baseline before (Page 1954, Biometrika 41:100), which takes
    /// several moderate days or few extreme ones; single outliers are capped.
    /// </summary>
    /// <param name="values">In order of days.</param>
    /// <param name="leastDeviation">See <see cref="Before"/>.</param>
    /// <param name="slack">Scores up to this are nothing; half of the change to be found.</param>
    /// <param name="limit">The sum that makes a change.</param>
    public static IReadOnlyList<Change> Changes(IReadOnlyList<DailyValue> values, double leastDeviation = 0, double slack = 0.75, double limit = 5)
    {
        ArgumentNullException.ThrowIfNull(values);
        Require.InRange(slack, 0, 5, nameof(slack));
        Require.InRange(limit, 1, 100, nameof(limit));
        var changes = new List<Change>();
        var (up, down) = (0.0, 0.0);
        DateOnly? upSince = null, downSince = null;
        Baseline? reference = null;
        for (var i = 0; i < values.Count; i++)
        {
            var (day, value) = values[i];
            if (!double.IsFinite(value)) continue;
            // While something builds up, it is judged against what was usual before it began.
            if (upSince is null && downSince is null) reference = Before(values, day, leastDeviation);
            if (reference is not { } usual) continue;
            var score = Math.Clamp(usual.Score(value), -3, 3);
            up = Math.Max(0, up + score - slack);
            down = Math.Max(0, down - score - slack);
            upSince = up > 0 ? upSince ?? day : null;
            downSince = down > 0 ? downSince ?? day : null;
            if (up < limit && down < limit) continue;
            var since = up >= limit ? upSince!.Value : downSince!.Value;
            var after = Order.Median(values.Where(x => x.Day >= since && x.Day <= day && double.IsFinite(x.Value)).Select(x => x.Value));
            changes.Add(new Change(since, day, usual, after));
            (up, down, upSince, downSince) = (0, 0, null, null);
        }

        return changes;
    }

    /// <summary>The trend of values, by the median of all pairs' slopes (Theil 1950, Sen 1968, J Am Stat Assoc 63:1379) with Sen's interval; null with fewer than seven.</summary>
    public static Trend? TrendOf(IReadOnlyList<DailyValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var points = values.Where(value => double.IsFinite(value.Value)).TakeLast(MostTrendDays).ToList();
        if (points.Count < LeastTrendDays) return null;
        var slopes = new List<double>(points.Count * (points.Count - 1) / 2);
        for (var i = 0; i < points.Count; i++)
        {
            for (var k = i + 1; k < points.Count; k++)
            {
                var days = points[k].Day.DayNumber - points[i].Day.DayNumber;
                if (days > 0) slopes.Add(7 * (points[k].Value - points[i].Value) / days);
            }
        }

        if (slopes.Count == 0) return null;
        var sorted = slopes.ToArray();
        Array.Sort(sorted);
        double n = points.Count;
        var reach = NormalQuantile * Math.Sqrt(n * (n - 1) * ((2 * n) + 5) / 18);
        int Rank(double rank) => (int)Math.Clamp(Math.Round(rank), 0, sorted.Length - 1);
        return new Trend(Order.MedianOfSorted(sorted), sorted[Rank(((sorted.Length - reach) / 2) - 1)], sorted[Rank((sorted.Length + reach) / 2)], points.Count);
    }
}
