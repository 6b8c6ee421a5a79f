using EdgeHost.Plugins.Health.Charts.Layers;

namespace EdgeHost.Plugins.Health.Charts.Painting;

/// <summary>Where the parts of a chart are, in points. Immutable.</summary>
internal sealed class ChartLayout
{
    public const float TitleText = 16;
    public const float SubtitleText = 11.5f;
    public const float TickText = 11;
    public const float Padding = 14;

    private const float LegendLine = 18;
    private const float LegendGap = 16;
    private const float HeaderLine = 18;
    private const float PanelGap = 10;
    private const int MostLegendLines = 3;

    private ChartLayout(IReadOnlyList<ChartFrame> frames, IReadOnlyList<LegendEntry> legend) => (Frames, Legend) = (frames, legend);

    /// <summary>A name in the legend with its layer.</summary>
    internal readonly record struct LegendEntry(ChartLayer Layer, float Left, float Top);

    /// <summary>Where the values of each panel are.</summary>
    public IReadOnlyList<ChartFrame> Frames { get; }

    /// <summary>What the legend says, and where.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; }

    /// <summary>Base line of the title.</summary>
    public static float TitleBaseline => Padding + TitleText - 3;

    /// <summary>Base line of the line below it.</summary>
    public static float SubtitleBaseline => TitleBaseline + SubtitleText + 7;

    /// <summary>Lays out a chart.</summary>
    public static ChartLayout Of(Chart chart, ChartSize size, ChartTexts texts)
    {
        var top = chart.Subtitle is null ? TitleBaseline + 8 : SubtitleBaseline + 8;
        var (legend, below) = LegendOf(chart, size, texts, top);
        var widest = chart.Panels.SelectMany(static panel => panel.Y.Ticks).Max(tick => texts.WidthOf(tick.Label, TickText));
        var labels = chart.Panels.SelectMany(static panel => panel.Layers).OfType<RegionLayer>().Where(static region => region.Label is not null)
            .Select(region => texts.WidthOf(region.Label!, PanelCanvas.SmallText)).DefaultIfEmpty(0).Max();
        var (left, right) = (Padding + widest + 6, size.Width - Padding - (labels > 0 ? labels + 6 : 6));
        var bottom = size.Height - Padding - TickText - 6 - (chart.X.Title is null ? 0 : TickText + 5);
        var free = bottom - below - (chart.Panels.Count * HeaderLine) - ((chart.Panels.Count - 1) * PanelGap);
        var weights = chart.Panels.Sum(static panel => panel.Weight);
        var (frames, at) = (new List<ChartFrame>(), below);
        foreach (var panel in chart.Panels)
        {
            at += HeaderLine;
            var height = (float)(Math.Max(free, chart.Panels.Count) * panel.Weight / weights);
            frames.Add(new ChartFrame(chart.X, panel.Y, left, at, Math.Max(right, left + 1), at + height));
            at += height + PanelGap;
        }

        return new ChartLayout(frames, legend);
    }

    private static (List<LegendEntry> Entries, float Below) LegendOf(Chart chart, ChartSize size, ChartTexts texts, float top)
    {
        var (entries, left, line) = (new List<LegendEntry>(), Padding, 0);
        foreach (var layer in chart.Panels.SelectMany(static panel => panel.Layers).Where(static layer => layer.Name is not null).DistinctBy(static layer => layer.Name))
        {
            var width = PanelCanvas.SignWidth + 5 + texts.WidthOf(layer.Name!, SubtitleText);
            if (left > Padding && left + width > size.Width - Padding) (left, line) = (Padding, line + 1);
            if (line == MostLegendLines) break;
            entries.Add(new LegendEntry(layer, left, top + (line * LegendLine)));
            left += width + LegendGap;
        }

        return (entries, entries.Count == 0 ? top : entries[^1].Top + LegendLine);
    }
}
