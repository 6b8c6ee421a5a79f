using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Tests.Transport;

public class RoundRatioTests
{
    [Fact]
    public void OfMedian_LimitDisturbedInOneRound_IsNotThatRound()
    {
        var limit = Slices(10, 10, 100, 11);
        var ours = Slices(13, 12, 12, 20);

        Assert.Equal(1.2, RoundRatio.OfMedian(ours, limit), 6);
    }

    [Fact]
    public void OfMedian_ContenderDisturbedInOneRound_IsNotThatRound()
    {
        var limit = Slices(10, 11, 10);
        var ours = Slices(90, 11, 30);

        Assert.Equal(1, RoundRatio.OfMedian(ours, limit), 6);
    }

    [Fact]
    public void OfMedian_ComparesWithinARound()
    {
        // The machine was half as fast in the second round for both.
        var limit = Slices(10, 20);
        var ours = Slices(15, 30);

        Assert.Equal(1.5, RoundRatio.OfMedian(ours, limit), 6);
    }

    [Fact]
    public void OfMedian_OfTheLimitItself_IsOne()
    {
        var limit = Slices(12, 10, 31);

        Assert.Equal(1, RoundRatio.OfMedian(limit, limit));
        Assert.Equal(1, RoundRatio.OfRate(limit, limit), 6);
    }

    [Fact]
    public void OfRate_IsOfCallsASecondInTheQuietestRound()
    {
        var limit = Slices(1, 1);
        IReadOnlyList<Slice> ours = [Slice(0, 1, calls: 40), Slice(1, 1, calls: 60)];

        Assert.Equal(0.6, RoundRatio.OfRate(ours, limit), 6);
    }

    [Fact]
    public void Typical_IsTheMedianOfAllRounds()
        => Assert.Equal(2, RoundRatio.Typical(Slices(10, 20, 90), Slices(10, 10, 10)), 6);

    private static List<Slice> Slices(params double[] medians) => [.. medians.Select((median, round) => Slice(round, median, calls: 100))];

    private static Slice Slice(int round, double median, int calls)
    {
        var latencies = new Samples();
        latencies.Add(median);
        return new Slice(round, calls, 1, latencies, default, default);
    }
}
