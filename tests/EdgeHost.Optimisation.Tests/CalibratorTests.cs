using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Optimising;
using EdgeHost.Optimisation.Measuring;

namespace EdgeHost.Optimisation.Tests;

public sealed class CalibratorTests
{
    [Fact]
    public void Measure_InputsAndInnerValues_GivesRangesThatHoldThem()
    {
        var model = SampleModels.Picture();
        var names = StaticQuantiser.ValuesToMeasure(model, new QuantisationOptions());

        var ranges = Calibrator.Measure(model, names, SampleModels.Pictures(5), 100, CancellationToken.None);

        Assert.Equal(names.Order(StringComparer.Ordinal), ranges.Keys.Order(StringComparer.Ordinal));
        Assert.InRange(ranges["x"].Most, 0.5f, 1.5f);
        Assert.InRange(ranges["x"].Least, -1.5f, -0.5f);
        Assert.Contains(ranges, range => range.Key != "x" && range.Value.Least == 0 && range.Value.Most > 0);
    }

    [Fact]
    public void Measure_LoneLargeValue_IsCutOffByThePercentile()
    {
        var model = SampleModels.Picture();
        var values = new float[3 * 256];
        values[5] = 1000;
        var example = SampleModels.Pictures(1)[0] with { Inputs = new Dictionary<string, TensorProto> { ["x"] = TensorProto.Of<float>("x", new TensorShape(1, 3, 16, 16), values) } };

        Assert.Equal(1000, Calibrator.Measure(model, ["x"], [example], 100, CancellationToken.None)["x"].Most);
        Assert.Equal(0, Calibrator.Measure(model, ["x"], [example], 99, CancellationToken.None)["x"].Most);
    }

    [Theory]
    [InlineData(90)]
    [InlineData(100.5)]
    [InlineData(double.NaN)]
    public void Measure_PercentileOutOfItsRange_SaysSo(double percentile)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => Calibrator.Measure(SampleModels.Picture(), ["x"], SampleModels.Pictures(1), percentile, CancellationToken.None)).Code);
}
