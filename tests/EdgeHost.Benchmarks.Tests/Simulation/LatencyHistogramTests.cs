using CsCheck;
using EdgeHost.Benchmarks.Simulation;

namespace EdgeHost.Benchmarks.Tests.Simulation;

public class LatencyHistogramTests
{
    [Fact]
    public void Percentile_AnyDurations_IsWithinABinOfTheExactOne()
        => Gen.Int[1, 100_000_000].List[1, 300].Sample(microseconds =>
        {
            var histogram = new LatencyHistogram();
            foreach (var value in microseconds) histogram.Add(TimeSpan.FromMicroseconds(value));
            microseconds.Sort();

            foreach (var fraction in (double[])[0.01, 0.5, 0.99, 1])
            {
                var exact = microseconds[(int)Math.Ceiling(fraction * microseconds.Count) - 1] / 1000.0;
                Assert.InRange(histogram.Percentile(fraction), exact / 1.021, exact * 1.021);
            }
        });

    [Fact]
    public void Merge_TwoHalves_EqualsTheWhole()
    {
        var (whole, first, second) = (new LatencyHistogram(), new LatencyHistogram(), new LatencyHistogram());
        for (var i = 1; i <= 1000; i++)
        {
            var duration = TimeSpan.FromMilliseconds(i);
            whole.Add(duration);
            (i % 3 == 0 ? first : second).Add(duration);
        }

        first.Merge(second);

        Assert.Equal(whole.Count, first.Count);
        Assert.Equal(whole.MeanMilliseconds, first.MeanMilliseconds, 6);
        Assert.Equal(whole.Percentile(0.5), first.Percentile(0.5));
    }

    [Fact]
    public void Percentile_Empty_IsZero() => Assert.Equal(0, new LatencyHistogram().Percentile(0.99));
}
