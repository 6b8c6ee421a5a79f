using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>Draws the lines of a panel's axes, and what is written at them. No state.</summary>
internal static class PanelGrid
{
    private const float LeastBetweenLabels = 8;
    private const float LeastSquare = 3;
    private const byte LargeLine = 90;
    private const byte SmallLine = 32;

    /// <summary>The lines, or the squares of paper.</summary>
    public static void DrawLines(PanelCanvas panel, PaperGrid? paper)
    {
        var (canvas, frame) = (panel.Canvas, panel.Frame);
        if (paper is { } squares)
        {
            DrawPaper(panel, squares);
            return;
        }

        using var paint = new SKPaint { Color = panel.Theme.Muted.WithAlpha(60), StrokeWidth = 1 };
        foreach (var tick in frame.Y.Ticks) canvas.DrawLine(frame.Left, Whole(frame.ToY(tick.Value)), frame.Right, Whole(frame.ToY(tick.Value)), paint);
        paint.Color = panel.Theme.Muted.WithAlpha(36);
        foreach (var tick in frame.X.Ticks) canvas.DrawLine(Whole(frame.ToX(tick.Value)), frame.Top, Whole(frame.ToX(tick.Value)), frame.Bottom, paint);
    }

    /// <summary>The ends of regions: regions of one colour meet, and colours are not seen alike by all.</summary>
    public static void DrawEdges(PanelCanvas panel, IReadOnlyList<ChartLayer> layers)
    {
        var frame = panel.Frame;
        foreach (var region in layers.OfType<RegionLayer>())
        {
            using var paint = new SKPaint { Color = panel.Theme.EdgeOf(region.Color), StrokeWidth = 1 };
            foreach (var end in (ReadOnlySpan<double>)[region.Low, region.High])
            {
                if (end > frame.Y.From && end < frame.Y.To) panel.Canvas.DrawLine(frame.Left, Whole(frame.ToY(end)), frame.Right, Whole(frame.ToY(end)), paint);
            }
        }
    }

    /// <summary>The labels at the left, and the names of regions at the right.</summary>
    public static void DrawValues(PanelCanvas panel, IReadOnlyList<ChartLayer> layers)
    {
        var frame = panel.Frame;
        var last = float.PositiveInfinity;
        foreach (var tick in frame.Y.Ticks)
        {
            var baseline = frame.ToY(tick.Value) + (ChartLayout.TickText * 0.36f);
            if (last - baseline < ChartLayout.TickText + 1) continue;
            panel.Text(tick.Label, frame.Left - 6, baseline, SKTextAlign.Right, panel.Theme.Muted, ChartLayout.TickText);
            last = baseline;
        }

        if (frame.Y.Title is { } title) panel.Text(title, frame.Left, frame.Top - 6, SKTextAlign.Left, panel.Theme.Muted, ChartLayout.TickText);
        foreach (var region in layers.OfType<RegionLayer>().Where(static region => region.Label is not null))
        {
            var (top, bottom) = region.Edges(frame);
            if (bottom - top < PanelCanvas.SmallText) continue;
            panel.Text(region.Label!, frame.Right + 6, ((top + bottom) / 2) + (PanelCanvas.SmallText * 0.36f), SKTextAlign.Left, panel.Theme.LabelOf(region.Color), PanelCanvas.SmallText);
        }
    }

    /// <summary>The labels below, as many as there is room for.</summary>
    public static void DrawTicks(PanelCanvas panel, ChartTexts texts, ChartSize size)
    {
        var frame = panel.Frame;
        var last = float.NegativeInfinity;
        foreach (var tick in frame.X.Ticks)
        {
            var width = texts.WidthOf(tick.Label, ChartLayout.TickText);
            var left = Math.Clamp(frame.ToX(tick.Value) - (width / 2), 2, Math.Max(2, size.Width - width - 2));
            if (left < last + LeastBetweenLabels) continue;
            panel.Text(tick.Label, left, frame.Bottom + ChartLayout.TickText + 5, SKTextAlign.Left, panel.Theme.Muted, ChartLayout.TickText);
            last = left + width;
        }

        if (frame.X.Title is { } title) panel.Text(title, (frame.Left + frame.Right) / 2, frame.Bottom + (2 * ChartLayout.TickText) + 10, SKTextAlign.Center, panel.Theme.Muted, ChartLayout.TickText);
    }

    private static void DrawPaper(PanelCanvas panel, PaperGrid paper)
    {
        var frame = panel.Frame;
        using var paint = new SKPaint { StrokeWidth = 1 };
        foreach (var (place, isLarge) in LinesOf(frame.X, paper.X, frame.Right - frame.Left))
        {
            paint.Color = ColorOf(panel, isLarge);
            panel.Canvas.DrawLine(Whole(frame.ToX(place)), frame.Top, Whole(frame.ToX(place)), frame.Bottom, paint);
        }

        foreach (var (place, isLarge) in LinesOf(frame.Y, paper.Y, frame.Bottom - frame.Top))
        {
            paint.Color = ColorOf(panel, isLarge);
            panel.Canvas.DrawLine(frame.Left, Whole(frame.ToY(place)), frame.Right, Whole(frame.ToY(place)), paint);
        }
    }

    private static SKColor ColorOf(PanelCanvas panel, bool isLarge) => panel.Theme.Of(ChartColor.Danger).WithAlpha(isLarge ? LargeLine : SmallLine);

    // Where the squares would be too small to be told apart only the large ones are drawn, or none.
    private static IEnumerable<(double Place, bool IsLarge)> LinesOf(ChartAxis axis, double square, double length)
    {
        var width = length * square / (axis.To - axis.From);
        if (width * PaperGrid.SquaresOfLarge < LeastSquare) yield break;
        for (var i = (long)Math.Ceiling(axis.From / square); i * square <= axis.To; i++)
        {
            var isLarge = i % PaperGrid.SquaresOfLarge == 0;
            if (isLarge || width >= LeastSquare) yield return (i * square, isLarge);
        }
    }

    // The middle of a pixel, so that a thin line is sharp.
    private static float Whole(float at) => MathF.Floor(at) + 0.5f;
}
