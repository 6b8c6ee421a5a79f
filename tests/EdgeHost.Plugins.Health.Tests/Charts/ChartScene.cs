using EdgeHost.Plugins.Health.Charts;
using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Tests.Charts;

/// <summary>A chart as it is drawn, with the colours at values.</summary>
internal sealed class ChartScene : IDisposable
{
    private readonly SKBitmap _pixels;

    public ChartScene(Chart chart, int width = 800, int height = 400)
    {
        using var painter = new ChartPainter();
        Image = painter.Paint(chart, new ChartSize(width, height), ChartTheme.Light);
        _pixels = SKBitmap.Decode(Image.Png);
    }

    public ChartImage Image { get; }

    public void Dispose() => _pixels.Dispose();

    /// <summary>The colour at a value.</summary>
    public SKColor At(double x, double y, int panel = 0)
    {
        var frame = Image.Frames[panel];
        return _pixels.GetPixel((int)frame.ToX(x), (int)frame.ToY(y));
    }

    /// <summary>How many pixels of about a colour are within some points of a value.</summary>
    public int Near(double x, double y, SKColor color, int reach = 3, int panel = 0)
    {
        var frame = Image.Frames[panel];
        var (left, top, found) = ((int)frame.ToX(x) - reach, (int)frame.ToY(y) - reach, 0);
        for (var i = left; i <= left + (2 * reach); i++)
        {
            for (var j = top; j <= top + (2 * reach); j++)
            {
                if (i >= 0 && j >= 0 && i < _pixels.Width && j < _pixels.Height && IsAbout(_pixels.GetPixel(i, j), color)) found++;
            }
        }

        return found;
    }

    private static bool IsAbout(SKColor one, SKColor other) => Math.Abs(one.Red - other.Red) < 40 && Math.Abs(one.Green - other.Green) < 40 && Math.Abs(one.Blue - other.Blue) < 40;
}
