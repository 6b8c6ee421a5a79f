using EdgeHost.Plugins.Vision.Foreground;
using EdgeHost.Plugins.Vision.Imaging;
using SkiaSharp;

namespace EdgeHost.Plugins.Vision.Tests.Foreground;

public sealed class MaskImageTests : IDisposable
{
    private readonly PixelMemoryPool _pool = new(1 << 20);

    public void Dispose()
    {
        Assert.Equal(0, _pool.Outstanding);
        _pool.Dispose();
    }

    [Fact]
    public void Write_HalfAMask_IsHalfThePictureInItsSize()
    {
        var (png, coverage) = MaskImage.Write([1, 1, 0, 0, 1, 1, 0, 0], 4, 400, 100, _pool);

        using var read = SKBitmap.Decode(png);
        Assert.Equal((400, 100, SKColorType.Gray8), (read.Width, read.Height, read.ColorType));
        Assert.Equal(0.5, coverage, 2);
        Assert.Equal((255, 0), (read.GetPixel(20, 50).Red, read.GetPixel(380, 50).Red));
        Assert.InRange(read.GetPixel(200, 50).Red, 118, 137);
    }

    [Fact]
    public void Write_NumbersOutOfRange_AreTheNearestEnd()
    {
        var (png, coverage) = MaskImage.Write([float.NaN, -3, 7, float.PositiveInfinity], 2, 2, 2, _pool);

        using var read = SKBitmap.Decode(png);
        Assert.Equal([0, 0, 255, 255], read.GetPixelSpan().ToArray().Select(static pixel => (int)pixel));
        Assert.Equal(0.5, coverage, 5);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4000)]
    public void Write_Slivers_HaveTheirSize(int width, int height)
    {
        var (png, coverage) = MaskImage.Write(Enumerable.Repeat(1f, 256 * 256).ToArray(), 256, width, height, _pool);

        using var read = SKBitmap.Decode(png);
        Assert.Equal((width, height), (read.Width, read.Height));
        Assert.Equal(1, coverage);
    }
}
