using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Plugins.Health.Signals.Tests.Rhythm;

public class IntervalPredictionTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Period_ForetellsItself(int period)
    {
        double[] pattern = [600, 1000, 800, 900];
        var intervals = Enumerable.Range(0, 40).Select(i => pattern[i % period]).ToArray();

        Assert.Equal(0, IntervalPrediction.ByPeriod(intervals, period));
        Assert.True(IntervalPrediction.ByPeriod(intervals, 1) > 0.1);
    }

    [Fact]
    public void Usual_IsToldWhereFewIntervalsDiffer()
    {
        // A third of the beats comes early, never after the same number of beats.
        double[] intervals = [800, 500, 800, 800, 800, 500, 800, 500, 800, 800, 500, 800, 800, 800, 800];

        Assert.Equal(0, IntervalPrediction.ByTheUsual(intervals));
    }

    [Fact]
    public void Usual_OfHalfSmallHalfLargeDifferences_IsTheirMedianTimesTheRootOfTwo()
        => Assert.Equal(Math.Sqrt(2) * 100 / 850, IntervalPrediction.ByTheUsual([700, 800, 900, 800, 700, 900, 900]), 1e-3);

    [Fact]
    public void LikePasts_ForetellACurve()
    {
        // Chaos without a period: the logistic map, which one interval says all of, and no average of them anything.
        var (x, intervals) = (0.37, new double[200]);
        for (var i = 0; i < intervals.Length; i++) (intervals[i], x) = (600 + (400 * x), 3.9 * x * (1 - x));

        var others = Enumerable.Range(1, 4).Select(period => IntervalPrediction.ByPeriod(intervals, period)).Append(IntervalPrediction.ByTheUsual(intervals)).Min();
        Assert.InRange(IntervalPrediction.ByLikePasts(intervals), 0, others / 5);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.2)]
    public void IndependentIntervals_HaveTheSameErrorByEveryWay(double spread)
    {
        var random = new Random(5);
        var intervals = Enumerable.Range(0, 200).Select(_ => 800 * (1 + (spread * SyntheticEcg.Gaussian(random)))).ToArray();
        // The median of the change of two normal values is 0.674 times the root of two times their spread.
        var expected = 0.954 * spread;

        Assert.InRange(IntervalPrediction.ByTheUsual(intervals), 0.85 * expected, 1.15 * expected);
        Assert.InRange(IntervalPrediction.ByPeriod(intervals, 1), 0.85 * expected, 1.15 * expected);
        Assert.InRange(IntervalPrediction.ByPeriod(intervals, 3), 0.85 * expected, 1.15 * expected);
        Assert.InRange(IntervalPrediction.ByLikePasts(intervals), 0.85 * expected, 1.15 * expected);
    }

    [Fact]
    public void LikePasts_OfTooFew_AreUnknown()
        => Assert.Equal(double.PositiveInfinity, IntervalPrediction.ByLikePasts([800, 700, 900, 800, 700, 900, 800, 700, 900]));
}
