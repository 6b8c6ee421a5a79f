using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Charts.Painting;

namespace EdgeHost.Plugins.Health.Charts.Tests;

/// <summary>Charts of one panel from 0 to 100 both ways, without ticks, so that nothing but the layers is in it.</summary>
internal sealed class Drawn : IDisposable
{
    private Drawn(ChartImage image) => (Image, Picture) = (image, new Picture(image));

    public ChartImage Image { get; }

    public Picture Picture { get; }

    public ChartFrame Frame => Image.Frames[0];

    public static Drawn Of(params ChartLayer[] layers) => Of(new ChartSize(400, 300), ChartTheme.Light, layers);

    public static Drawn Of(ChartSize size, ChartTheme theme, params ChartLayer[] layers) => Of(ChartOf(layers), size, theme);

    public static Drawn Of(Chart chart, ChartSize size, ChartTheme theme)
    {
        using var painter = new ChartPainter();
        return new Drawn(painter.Paint(chart, size, theme));
    }

    public static Chart ChartOf(params ChartLayer[] layers) => new()
    {
        Title = "Glucose",
        X = new ChartAxis(0, 100, []),
        Panels = [new ChartPanel { Y = new ChartAxis(0, 100, [new ChartTick(0, "0")]), Layers = layers }],
    };

    public bool Is(double x, double y, SkiaSharp.SKColor color) => Picture.Is(Frame.ToX(x), Frame.ToY(y), color);

    public void Dispose() => Picture.Dispose();
}
