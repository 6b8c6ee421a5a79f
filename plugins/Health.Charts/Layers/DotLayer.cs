using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>A dot for each value.</summary>
public sealed class DotLayer : ChartLayer
{
    /// <summary>The values; those that are NaN are left out.</summary>
    public required IReadOnlyList<ChartPoint> Points { get; init; }

    /// <summary>Half of a dot's width in points, above 0.</summary>
    public double Radius { get; init; } = 3;

    internal override void Draw(PanelCanvas panel)
    {
        using var paint = new SKPaint { Color = panel.Theme.Of(Color), IsAntialias = true };
        foreach (var point in Points)
        {
            if (double.IsFinite(point.Y)) panel.Canvas.DrawCircle(panel.Frame.ToX(point.X), panel.Frame.ToY(point.Y), (float)Radius, paint);
        }
    }

    internal override void DrawSign(PanelCanvas panel, float left, float top)
    {
        using var paint = new SKPaint { Color = panel.Theme.Of(Color), IsAntialias = true };
        panel.Canvas.DrawCircle(left + (PanelCanvas.SignWidth / 2), top + (PanelCanvas.SignHeight / 2), (float)Math.Min(Radius, PanelCanvas.SignHeight / 2), paint);
    }
}
