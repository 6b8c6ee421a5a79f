using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Signals.Baselines;
using EdgeHost.Plugins.Health.Summaries;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Layers that several charts have.</summary>
internal static class ChartSeries
{
    // More dots than these would be a thick line.
    private const int MostDots = 150;

    /// <summary>A line through points, with dots where they are few.</summary>
    /// <param name="points">In order of time.</param>
    /// <param name="color">What the colour means.</param>
    /// <param name="name">What the legend says, or null.</param>
    /// <param name="mostGap">Points further apart than this are not joined.</param>
    /// <param name="width">Width of the line in points.</param>
    public static IEnumerable<ChartLayer> Line(IReadOnlyList<ChartPoint> points, ChartColor color, string? name, double mostGap, double width = 2)
    {
        if (points.Count == 0) yield break;
        yield return new LineLayer { Points = points, Color = color, Name = name, MostGap = mostGap, Width = width };
        if (points.Count <= MostDots) yield return new DotLayer { Points = points, Color = color };
    }

    /// <summary>A dashed line all along the axis.</summary>
    public static LineLayer Level(double value, double from, double until, ChartColor color, string? name)
        => new() { Points = [new ChartPoint(from, value), new ChartPoint(until, value)], Color = color, Name = name, IsDashed = true, Width = 1.5 };

    /// <summary>What was usual for the person before the last day, two deviations to both sides; null without enough days.</summary>
    public static RegionLayer? Usual(ChartInput input, IReadOnlyList<DailySamples> days, double leastDeviation, string label)
    {
        if (days.Count == 0 || BaselineAnalyzer.Before([.. days.Select(static day => day.Value)], days[^1].Day, leastDeviation) is not { } usual) return null;
        return new RegionLayer
        {
            Low = input.Shown(usual.Median - (2 * usual.Deviation)),
            High = input.Shown(usual.Median + (2 * usual.Deviation)),
            Color = ChartColor.Good,
            Label = label,
        };
    }

    /// <summary>The days of the stretch as points in the middle of each.</summary>
    public static IReadOnlyList<ChartPoint> OfDays(ChartInput input, IEnumerable<DailySamples> days)
        => [.. days.Select(day => new ChartPoint(input.StartOf(day.Day) + (ChartInput.Day / 2), input.Shown(day.Value.Value))).Where(point => point.X >= input.From && point.X - (ChartInput.Day / 2) < input.Until)];
}
