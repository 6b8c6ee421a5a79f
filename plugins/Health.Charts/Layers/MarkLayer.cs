using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>A small arrow above each of some values, with a letter over it.</summary>
public sealed class MarkLayer : ChartLayer
{
    // An arrow of 4 points half width, its tip 4 points above the value.
    private const float Half = 4;
    private const float Clearance = 4;
    private const float Height = 7;

    /// <summary>The values.</summary>
    public required IReadOnlyList<ChartPoint> Points { get; init; }

    /// <summary>What is written over each arrow; null: nothing.</summary>
    public string? Letter { get; init; }

    /// <summary>How far above a value its arrow's middle is, in points.</summary>
    internal static float MiddleAbove => Clearance + (Height / 2);

    internal override void Draw(PanelCanvas panel)
    {
        foreach (var point in Points)
        {
            if (!double.IsFinite(point.Y) || point.X < panel.Frame.X.From || point.X > panel.Frame.X.To) continue;
            var (x, y) = (panel.Frame.ToX(point.X), panel.Frame.ToY(point.Y));
            Arrow(panel, x, y - Clearance);
            if (Letter is not null) panel.Text(Letter, x, y - Clearance - Height - 2, SKTextAlign.Center, panel.Theme.Of(Color), PanelCanvas.SmallText);
        }
    }

    internal override void DrawSign(PanelCanvas panel, float left, float top) => Arrow(panel, left + (PanelCanvas.SignWidth / 2), top + PanelCanvas.SignHeight - 1);

    private void Arrow(PanelCanvas panel, float x, float tip)
    {
        using var paint = new SKPaint { Color = panel.Theme.Of(Color), IsAntialias = true };
        using var builder = new SKPathBuilder();
        builder.MoveTo(x, tip);
        builder.LineTo(x - Half, tip - Height);
        builder.LineTo(x + Half, tip - Height);
        builder.Close();
        using var path = builder.Detach();
        panel.Canvas.DrawPath(path, paint);
    }
}
