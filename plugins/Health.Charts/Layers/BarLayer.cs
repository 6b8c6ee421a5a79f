using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>A bar for each value, from 0 to it.</summary>
public sealed class BarLayer : ChartLayer
{
    private const float Gap = 0.2f;

    /// <summary>The values, each at the left end of its place; those that are NaN are left out.</summary>
    public required IReadOnlyList<ChartPoint> Points { get; init; }

    /// <summary>How much of the axis a bar stands for, above 0; a fifth of it is left free.</summary>
    public required double Width { get; init; }

    internal override void Draw(PanelCanvas panel)
    {
        using var paint = new SKPaint { Color = panel.Theme.Of(Color), IsAntialias = true };
        var frame = panel.Frame;
        foreach (var point in Points)
        {
            if (!double.IsFinite(point.Y) || point.Y <= 0) continue;
            var (left, right) = (frame.ToX(point.X), frame.ToX(point.X + Width));
            var free = (right - left) * Gap / 2;
            panel.Canvas.DrawRect(new SKRect(left + free, frame.ToY(point.Y), right - free, frame.ToY(0)), paint);
        }
    }

    internal override void DrawSign(PanelCanvas panel, float left, float top)
    {
        using var paint = new SKPaint { Color = panel.Theme.Of(Color) };
        panel.Canvas.DrawRect(SKRect.Create(left, top, PanelCanvas.SignWidth, PanelCanvas.SignHeight), paint);
    }
}
