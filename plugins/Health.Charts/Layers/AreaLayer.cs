using EdgeHost.Plugins.Health.Charts.Painting;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Layers;

/// <summary>The area between two curves: percentiles, an interval, the least and the most.</summary>
public sealed class AreaLayer : ChartLayer
{
    /// <summary>Both curves, in order of the axis; a span that is NaN parts the area.</summary>
    public required IReadOnlyList<ChartSpan> Spans { get; init; }

    /// <summary>How much of its colour it has, 0 to 1; the rest is what is under it.</summary>
    public double Strength { get; init; } = 0.28;

    internal override void Draw(PanelCanvas panel)
    {
        using var paint = new SKPaint { Color = ColorIn(panel), IsAntialias = true };
        var start = 0;
        for (var i = 0; i <= Spans.Count; i++)
        {
            if (i < Spans.Count && double.IsFinite(Spans[i].Low) && double.IsFinite(Spans[i].High)) continue;
            if (i > start) Fill(panel, start, i, paint);
            start = i + 1;
        }
    }

    internal override void DrawSign(PanelCanvas panel, float left, float top)
    {
        using var paint = new SKPaint { Color = ColorIn(panel) };
        panel.Canvas.DrawRect(SKRect.Create(left, top, PanelCanvas.SignWidth, PanelCanvas.SignHeight), paint);
    }

    private SKColor ColorIn(PanelCanvas panel) => panel.Theme.Of(Color).WithAlpha((byte)Math.Round(255 * Math.Clamp(Strength, 0, 1)));

    private void Fill(PanelCanvas panel, int start, int end, SKPaint paint)
    {
        var frame = panel.Frame;
        using var path = new SKPathBuilder();
        path.MoveTo(frame.ToX(Spans[start].X), frame.ToY(Spans[start].High));
        for (var i = start + 1; i < end; i++) path.LineTo(frame.ToX(Spans[i].X), frame.ToY(Spans[i].High));
        for (var i = end - 1; i >= start; i--) path.LineTo(frame.ToX(Spans[i].X), frame.ToY(Spans[i].Low));
        path.Close();
        using var area = path.Detach();
        panel.Canvas.DrawPath(area, paint);
    }
}
