using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>Stretches of the chart's axis of which something is said, over the panel's whole height.</summary>
public sealed class StretchLayer : ChartLayer
{
    /// <summary>Their starts and ends.</summary>
    public required IReadOnlyList<(double From, double To)> Stretches { get; init; }

    internal override bool IsGround => true;

    internal override void Draw(PanelCanvas panel)
    {
        using var paint = new SKPaint { Color = panel.Theme.RegionOf(Color) };
        foreach (var (from, to) in Stretches)
        {
            var (left, right) = (panel.Frame.ToX(Math.Max(from, panel.Frame.X.From)), panel.Frame.ToX(Math.Min(to, panel.Frame.X.To)));
            if (right > left) panel.Canvas.DrawRect(SKRect.Create(left, panel.Frame.Top, right - left, panel.Frame.Bottom - panel.Frame.Top), paint);
        }
    }

    internal override void DrawSign(PanelCanvas panel, float left, float top)
    {
        using var paint = new SKPaint { Color = panel.Theme.RegionOf(Color) };
        panel.Canvas.DrawRect(SKRect.Create(left, top, PanelCanvas.SignWidth, PanelCanvas.SignHeight), paint);
    }
}
