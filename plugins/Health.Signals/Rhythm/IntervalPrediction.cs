using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Rhythm;

/// <summary>
/// Ways to foretell an interval by others, and how far off they are: the median of the errors over all intervals, relative to them, so that what happens now and then does not count. Every error is
/// in the same unit: that of intervals drawn independently is the median change between two of them. Thread-safe.
/// </summary>
internal static class IntervalPrediction
{
    private const int Past = 2;
    private const int Neighbours = 3;

    // Of intervals without memory and of variance 1, a change has the variance 2, the distance from the usual one 1, and that from the median of three others 1 + 0.449 (the normal distribution's).
    private static readonly double OfUsual = Math.Sqrt(2);
    private static readonly double OfNeighbours = Math.Sqrt(2 / 1.449);

    /// <summary>It is the usual one: a regular rhythm with fewer than half of the beats out of place, such as premature ones and dropped ones.</summary>
    /// <param name="intervals">At least one.</param>
    public static double ByTheUsual(ReadOnlySpan<double> intervals)
    {
        Span<double> values = stackalloc double[intervals.Length];
        intervals.CopyTo(values);
        var usual = Median(values);
        for (var i = 0; i < intervals.Length; i++) values[i] = Relative(intervals[i], usual);
        return OfUsual * Median(values);
    }

    /// <summary>It is the one a period before: bigeminy, trigeminy and the like; with 1, a rhythm that changes slowly.</summary>
    /// <param name="intervals">More than the period.</param>
    /// <param name="period">Intervals after which the rhythm repeats.</param>
    public static double ByPeriod(ReadOnlySpan<double> intervals, int period)
    {
        Span<double> errors = stackalloc double[intervals.Length - period];
        for (var i = 0; i < errors.Length; i++) errors[i] = Relative(intervals[i + period], intervals[i]);
        return Median(errors);
    }

    /// <summary>
    /// It is what came elsewhere after intervals like the two before it: the median of the three most alike. Any rule that makes an interval of the last ones is found so, whatever its form, such as
    /// breathing and groups of varying length (nonlinear forecasting, Sugihara and May 1990, Nature 344:734; the same as a low conditional entropy, by which Lake and Moorman 2011,
    /// Am J Physiol Heart Circ Physiol 300:H319, tell fibrillation).
    /// </summary>
    /// <param name="intervals">Of fewer than ten, infinity: there are no three others.</param>
    public static double ByLikePasts(ReadOnlySpan<double> intervals)
    {
        // What is to be foretold may not be in the past of what it is compared with, nor the other way round.
        if (intervals.Length < Past + Neighbours + (2 * Past) + 1) return double.PositiveInfinity;
        Span<double> errors = stackalloc double[intervals.Length - Past];
        for (var i = Past; i < intervals.Length; i++) errors[i - Past] = Relative(intervals[i], AfterLikePasts(intervals, i));
        return OfNeighbours * Median(errors);
    }

    private static double AfterLikePasts(ReadOnlySpan<double> intervals, int index)
    {
        Span<double> distances = stackalloc double[Neighbours];
        Span<double> next = stackalloc double[Neighbours];
        distances.Fill(double.PositiveInfinity);
        next.Fill(double.NaN);
        for (var other = Past; other < intervals.Length; other++)
        {
            if (Math.Abs(other - index) <= Past) continue;
            var distance = Math.Max(Math.Abs(intervals[index - 1] - intervals[other - 1]), Math.Abs(intervals[index - 2] - intervals[other - 2]));
            if (distance >= distances[^1]) continue;
            var at = Neighbours - 1;
            for (; at > 0 && distances[at - 1] > distance; at--) (distances[at], next[at]) = (distances[at - 1], next[at - 1]);
            (distances[at], next[at]) = (distance, intervals[other]);
        }

        return Median(next);
    }

    private static double Relative(double interval, double expected) => Math.Abs(interval - expected) / ((interval + expected) / 2);

    private static double Median(Span<double> values)
    {
        values.Sort();
        return Order.MedianOfSorted(values);
    }
}
