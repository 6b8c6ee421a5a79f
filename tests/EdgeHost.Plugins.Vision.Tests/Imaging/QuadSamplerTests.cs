using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Imaging;

namespace EdgeHost.Plugins.Vision.Tests.Imaging;

public sealed class QuadSamplerTests : IDisposable
{
    private readonly PixelMemoryPool _pool = new(0);
    private readonly PixelImage _picture;

    public QuadSamplerTests()
    {
        // Red grows to the right, green downwards.
        _picture = new PixelImage(_pool, 20, 10);
        for (var i = 0; i < 200; i++) _picture.Pixels[i] = TestPictures.Rgb((byte)(i % 20 * 10), (byte)(i / 20 * 20), 0);
    }

    public void Dispose() => _picture.Dispose();

    [Fact]
    public void Sample_UprightAtTheSameSize_CopiesThePixels()
        => Assert.Equal(
            [Pixel(3, 2), Pixel(4, 2), Pixel(3, 3), Pixel(4, 3)], Sample(new(new(3, 2), new(5, 2), new(5, 4), new(3, 4)), 2, 2));

    [Fact]
    public void Sample_TurnedAQuarter_ReadsDownTheRightEdge()
    {
        var quad = new Quad(new(3, 2), new(5, 2), new(5, 6), new(3, 6)).TurnedCounterClockwise();

        Assert.Equal([Pixel(4, 2), Pixel(4, 3), Pixel(4, 4), Pixel(4, 5), Pixel(3, 2), Pixel(3, 3), Pixel(3, 4), Pixel(3, 5)], Sample(quad, 4, 2));
    }

    [Fact]
    public void Sample_UpsideDown_ReadsFromTheEnd()
    {
        var quad = new Quad(new(3, 2), new(5, 2), new(5, 3), new(3, 3)).UpsideDown();

        Assert.Equal([Pixel(4, 2), Pixel(3, 2)], Sample(quad, 2, 1));
    }

    [Fact]
    public void Sample_Shrinking_AveragesWhatItCovers()
        => Assert.Equal([TestPictures.Rgb(95, 90, 0)], Sample(new(new(0, 0), new(20, 0), new(20, 10), new(0, 10)), 1, 1), new Within(6));

    [Fact]
    public void Sample_OutsideThePicture_ContinuesTheEdge()
        => Assert.Equal([Pixel(0, 0), Pixel(19, 9)], [Sample(Square(-9, -9), 1, 1)[0], Sample(Square(30, 30), 1, 1)[0]]);

    private static Quad Square(float x, float y) => new(new(x, y), new(x + 1, y), new(x + 1, y + 1), new(x, y + 1));

    private uint Pixel(int x, int y) => _picture.Pixels[(y * 20) + x];

    private uint[] Sample(Quad quad, int width, int height)
    {
        var target = new uint[width * height];
        QuadSampler.Sample(_picture, quad, target, width, height);
        return target;
    }

    private sealed class Within(int tolerance) : IEqualityComparer<uint>
    {
        public bool Equals(uint x, uint y)
            => Math.Abs((byte)x - (byte)y) <= tolerance && Math.Abs((byte)(x >> 8) - (byte)(y >> 8)) <= tolerance;

        public int GetHashCode(uint obj) => 0;
    }
}
