using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>A region of values such as a target or a category: a ground all along the axis, with its name at the right edge.</summary>
public sealed class RegionLayer : ChartLayer
{
    /// <summary>Its lower end; negative infinity for all that is below.</summary>
    public required double Low { get; init; }

    /// <summary>Its upper end; positive infinity for all that is above.</summary>
    public required double High { get; init; }

    /// <summary>What is written at the right; left out where there is no room.</summary>
    public string? Label { get; init; }

    internal override bool IsGround => true;

    internal override void Draw(PanelCanvas panel)
    {
        var (top, bottom) = Edges(panel.Frame);
        if (bottom <= top) return;
        using var paint = new SKPaint { Color = panel.Theme.RegionOf(Color) };
        panel.Canvas.DrawRect(SKRect.Create(panel.Frame.Left, top, panel.Frame.Right - panel.Frame.Left, bottom - top), paint);
    }

    internal override void DrawSign(PanelCanvas panel, float left, float top)
    {
        using var paint = new SKPaint { Color = panel.Theme.RegionOf(Color) };
        panel.Canvas.DrawRect(SKRect.Create(left, top, PanelCanvas.SignWidth, PanelCanvas.SignHeight), paint);
    }

    /// <summary>Its visible edges, in points; the bottom is above the top where nothing is visible.</summary>
    internal (float Top, float Bottom) Edges(ChartFrame frame) => (frame.ToY(Math.Min(High, frame.Y.To)), frame.ToY(Math.Max(Low, frame.Y.From)));
}
