using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Transport.Measuring;

/// <summary>
/// Compares slices of one contender with the limit's slices of the same rounds. The ratio that counts is that of the quietest round: the one in which the two, each
/// against its own best, were disturbed least together. The least of all ratios would rather find the round in which only the limit was disturbed.
/// </summary>
internal static class RoundRatio
{
    /// <summary>The contender's median latency over the limit's.</summary>
    public static double OfMedian(IReadOnlyList<Slice> contender, IReadOnlyList<Slice> limit) => Quietest(contender, limit, static slice => slice.Median);

    /// <summary>The contender's calls a second over the limit's.</summary>
    public static double OfRate(IReadOnlyList<Slice> contender, IReadOnlyList<Slice> limit) => 1 / Quietest(contender, limit, static slice => 1 / slice.CallsASecond);

    /// <summary>The median over the rounds of the ratios of the median latencies.</summary>
    public static double Typical(IReadOnlyList<Slice> contender, IReadOnlyList<Slice> limit)
        => FigureTable.MedianOf(Pairs(contender, limit).Select(static pair => pair.Contender.Median / pair.Limit.Median));

    // The cost is what is best when it is least.
    private static double Quietest(IReadOnlyList<Slice> contender, IReadOnlyList<Slice> limit, Func<Slice, double> cost)
    {
        var (best, bestLimit) = (contender.Min(cost), limit.Min(cost));
        var (quiet, quietLimit) = Pairs(contender, limit).MinBy(pair => cost(pair.Contender) / best * (cost(pair.Limit) / bestLimit));
        return cost(quiet) / cost(quietLimit);
    }

    private static IEnumerable<(Slice Contender, Slice Limit)> Pairs(IReadOnlyList<Slice> contender, IReadOnlyList<Slice> limit)
        => contender.Join(limit, static slice => slice.Round, static slice => slice.Round, static (one, other) => (one, other));
}
