using EdgeHost.Benchmarks.Figures;
using EdgeHost.Benchmarks.Transport.Measuring;

namespace EdgeHost.Benchmarks.Tests.Transport;

public class SeriesTests
{
    [Fact]
    public void PerCall_IsOfAllSlicesTogether()
    {
        var series = new Series("ours");
        series.Add(new Slice(0, 10, 1, Latencies(1), new ResourceUse(1000, 50), new ResourceUse(0, 50)));
        series.Add(new Slice(1, 30, 3, Latencies(3), new ResourceUse(3000, 70), new ResourceUse(400, 30)));

        Assert.Equal((100.0, 10.0), series.BytesACall);
        Assert.Equal(5, series.CpuACall);
        Assert.Equal(10, series.CallsASecond);
        Assert.Equal(2, series.Pooled.Count);
        Assert.Equal(3, series.Pooled.Percentile(0.99));
    }

    [Fact]
    public void Record_BeyondCapacity_IsCountedAndNotKept()
    {
        var recorder = new LatencyRecorder(2);
        for (var i = 0; i < 5; i++) recorder.Record(0, 1);

        Assert.Equal(5, recorder.Count);
        Assert.Equal(2, recorder.ToSamples().Count);
    }

    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.99, 99)]
    [InlineData(0.999, 100)]
    [InlineData(0, 1)]
    [InlineData(1, 100)]
    public void Percentile_IsOfTheNearestRank(double fraction, double expected)
    {
        var samples = new Samples();
        for (var i = 100; i > 0; i--) samples.Add(i);

        Assert.Equal(expected, samples.Percentile(fraction));
    }

    private static Samples Latencies(double milliseconds)
    {
        var samples = new Samples();
        samples.Add(milliseconds);
        return samples;
    }
}
