using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Tests;

/// <summary>The pixels of a drawn chart. Places are in points, as in its frames.</summary>
internal sealed class Picture : IDisposable
{
    // How far two colours may be apart in each channel and still be the same: rounding of what shines through.
    private const int Tolerance = 3;

    private readonly SKBitmap _pixels;
    private readonly double _scale;

    public Picture(ChartImage image) => (_pixels, _scale) = (SKBitmap.Decode(image.Png), image.Size.Scale);

    public int Width => _pixels.Width;

    public int Height => _pixels.Height;

    public void Dispose() => _pixels.Dispose();

    /// <summary>The colour at a place.</summary>
    public SKColor At(double x, double y) => _pixels.GetPixel((int)(x * _scale), (int)(y * _scale));

    /// <summary>Whether a place has a colour.</summary>
    public bool Is(double x, double y, SKColor color) => IsSame(At(x, y), color);

    /// <summary>Pixels of a colour within a rectangle.</summary>
    public int Count(double left, double top, double right, double bottom, SKColor color) => Count(left, top, right, bottom, pixel => IsSame(pixel, color));

    /// <summary>Pixels that have another colour within a rectangle.</summary>
    public int CountOther(double left, double top, double right, double bottom, SKColor color) => Count(left, top, right, bottom, pixel => !IsSame(pixel, color));

    private int Count(double left, double top, double right, double bottom, Func<SKColor, bool> counts)
    {
        var found = 0;
        for (var y = (int)(top * _scale); y < Math.Min(bottom * _scale, Height); y++)
        {
            for (var x = (int)(left * _scale); x < Math.Min(right * _scale, Width); x++)
            {
                if (counts(_pixels.GetPixel(x, y))) found++;
            }
        }

        return found;
    }

    private static bool IsSame(SKColor one, SKColor other)
        => Math.Abs(one.Red - other.Red) <= Tolerance && Math.Abs(one.Green - other.Green) <= Tolerance && Math.Abs(one.Blue - other.Blue) <= Tolerance;
}
