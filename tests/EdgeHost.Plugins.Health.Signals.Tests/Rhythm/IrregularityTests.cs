using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

namespace EdgeHost.Plugins.Health.Signals.Tests.Rhythm;

public class IrregularityTests
{
    private const double Limit = 0.08;
    private const double Enough = 0.85 * Limit;

    [Theory]
    [InlineData(0.15, 40)]
    [InlineData(0.2, 40)]
    [InlineData(0.2, 20)]
    [InlineData(0.3, 200)]
    public void IndependentIntervals_SeldomSeemToFollowARule(double spread, int count)
    {
        const int stretches = 1000;

        var random = new Random(17);
        var (ruled, regular) = (0, 0);
        for (var i = 0; i < stretches; i++)
        {
            var intervals = Enumerable.Range(0, count).Select(_ => 800 * Math.Exp(spread * SyntheticEcg.Gaussian(random))).ToArray();
            var plain = Math.Min(IntervalPrediction.ByPeriod(intervals, 1), IntervalPrediction.ByPeriod(intervals, 2));
            var irregularity = Irregularity.Of(intervals, Enough);
            if (irregularity < plain) ruled++;
            if (irregularity < Limit && plain >= Limit) regular++;
        }

        Assert.InRange(ruled, 0, (count < 40 ? 0.15 : 0.04) * stretches);
        Assert.InRange(regular, 0, (count < 40 ? 0.05 : 0.02) * stretches);
    }

    [Fact]
    public void TooFewIntervals_SayNothing()
    {
        var beats = MadeBeats.Of(SyntheticRhythm.Fibrillation(new Random(1), 60, 80), new Random(2));

        // The first beat has no interval.
        Assert.Null(Irregularity.Of(beats.ToArray().AsSpan(0, Irregularity.LeastIntervals), Enough));
        Assert.NotNull(Irregularity.Of(beats.ToArray().AsSpan(0, Irregularity.LeastIntervals + 1), Enough));
    }

    [Fact]
    public void Rule_CountsWhereItForetellsMuchBetter()
    {
        // Trigeminy that a beat in ten breaks.
        var intervals = Enumerable.Range(0, 40).Select(i => i % 10 == 7 ? 950.0 : (i % 3) switch { 0 => 550.0, 1 => 1050, _ => 800 }).ToArray();

        Assert.Equal(0, Irregularity.Of(intervals, Enough));
    }
}
