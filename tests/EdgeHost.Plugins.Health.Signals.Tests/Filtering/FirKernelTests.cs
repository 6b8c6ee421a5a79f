using EdgeHost.Plugins.Health.Signals.Filtering;

namespace EdgeHost.Plugins.Health.Signals.Tests.Filtering;

public class FirKernelTests
{
    [Theory]
    [InlineData(0.0, 0, 1e-3)]
    [InlineData(0.3, 0, 0.02)]
    [InlineData(14, 0.95, 1.05)]
    [InlineData(50, 0, 0.02)]
    public void BandPass_KeepsItsBandAlone(double hertz, double least, double most)
    {
        const double rate = 360;

        var kernel = FirKernel.BandPass(8, 20, rate, 0.15);
        var signal = Enumerable.Range(0, 3600).Select(i => (float)(hertz == 0 ? 100 : Math.Sin(2 * Math.PI * hertz * i / rate))).ToArray();
        var output = new float[signal.Length - (2 * kernel.Reach)];
        kernel.Apply(signal, output);

        Assert.InRange(output.Max(Math.Abs), least, most);
    }

    [Fact]
    public void Filter_MovesNothing()
    {
        var kernel = FirKernel.BandPass(3, 30, 360, 0.25);
        var signal = new float[1000];
        signal[500] = 1;
        var stream = new FirStream(kernel, 1000);
        float[] output = [.. stream.Push(signal).ToArray(), .. stream.Finish().ToArray()];

        Assert.Equal(signal.Length, output.Length);
        Assert.Equal(500, Array.IndexOf(output, output.Max()));
        Assert.Equal(output[490], output[510]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(333)]
    public void Pieces_GiveTheBitsOfTheWhole(int length)
    {
        var random = new Random(4);
        var signal = Enumerable.Range(0, 2000).Select(_ => (float)random.NextDouble()).ToArray();
        var kernel = FirKernel.BandPass(8, 20, 360, 0.15).Derivative(14, 360);
        var whole = new FirStream(kernel, signal.Length);
        float[] expected = [.. whole.Push(signal).ToArray(), .. whole.Finish().ToArray()];
        var pieces = new FirStream(kernel, length);
        float[] actual = [.. signal.Chunk(length).SelectMany(piece => pieces.Push(piece).ToArray()), .. pieces.Finish().ToArray()];

        Assert.Equal(expected, actual);
    }
}
