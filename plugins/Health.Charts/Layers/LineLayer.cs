using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>A line through values. Of more values than the picture has pixels, each column of pixels keeps its extremes, so that nothing that stands out is lost.</summary>
public sealed class LineLayer : ChartLayer
{
    private static readonly float[] Dashes = [6, 4];

    /// <summary>The values in order of the axis; NaN parts the line.</summary>
    public required IReadOnlyList<ChartPoint> Points { get; init; }

    /// <summary>Values further apart than this on the axis are not joined.</summary>
    public double MostGap { get; init; } = double.PositiveInfinity;

    /// <summary>Its width in points, above 0.</summary>
    public double Width { get; init; } = 2;

    /// <summary>Whether it is dashed.</summary>
    public bool IsDashed { get; init; }

    internal override void Draw(PanelCanvas panel)
    {
        using var paint = Paint(panel);
        using var builder = new SKPathBuilder();
        var columns = new ColumnReduction(builder, panel.PixelsPerPoint);
        double? before = null;
        foreach (var point in Points)
        {
            if (!double.IsFinite(point.Y))
            {
                before = null;
                continue;
            }

            columns.Add(panel.Frame.ToX(point.X), panel.Frame.ToY(point.Y), isNew: before is not { } last || point.X - last > MostGap);
            before = point.X;
        }

        columns.End();
        using var path = builder.Detach();
        panel.Canvas.DrawPath(path, paint);
    }

    internal override void DrawSign(PanelCanvas panel, float left, float top)
    {
        using var paint = Paint(panel);
        panel.Canvas.DrawLine(left, top + (PanelCanvas.SignHeight / 2), left + PanelCanvas.SignWidth, top + (PanelCanvas.SignHeight / 2), paint);
    }

    private SKPaint Paint(PanelCanvas panel) => new()
    {
        Color = panel.Theme.Of(Color),
        IsAntialias = true,
        IsStroke = true,
        StrokeWidth = (float)Width,
        StrokeJoin = SKStrokeJoin.Round,
        StrokeCap = IsDashed ? SKStrokeCap.Butt : SKStrokeCap.Round,
        PathEffect = IsDashed ? SKPathEffect.CreateDash(Dashes, 0) : null,
    };
}
