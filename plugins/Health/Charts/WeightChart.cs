using System.Globalization;
using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Signals.Baselines;
using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Summaries;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Weight: each day's median, the trend, and how uncertain its slope is.</summary>
internal static class WeightChart
{
    private const double LeastLength = 4;
    private const int DaysOfWeek = 7;

    /// <summary>Makes it; null without readings.</summary>
    public static MadeChart? Make(ChartInput input)
    {
        var counted = input.Counted("weight");
        if (counted.Count == 0) return null;
        var days = DailySamples.Of(counted, input.OffsetMinutes, input.Sources);
        IReadOnlyList<ChartPoint> points = [.. days.Select(day => new ChartPoint(input.StartOf(day.Day) + (ChartInput.Day / 2), input.Shown(day.Value.Value)))];
        var layers = new List<ChartLayer>();
        if (BaselineAnalyzer.TrendOf([.. days.Select(day => new DailyValue(day.Day, input.Shown(day.Value.Value)))]) is { } trend) layers.AddRange(TrendOf(input, points, trend));
        layers.Add(new DotLayer { Points = points, Color = ChartColor.Primary, Name = input.Text("type.weight") });
        IReadOnlyList<double> values = [.. points.Select(static point => point.Y)];
        var (from, until) = ((long)Math.Min(input.From, points[0].X - (ChartInput.Day / 2)), (long)Math.Max(input.Until, points[^1].X + (ChartInput.Day / 2)));
        var chart = new Chart
        {
            Title = input.Text("chart.title.weight"),
            Subtitle = input.Subtitle(counted.Count),
            X = input.TimeAxis(from, until),
            Panels = [new ChartPanel { Y = ValueAxis.Of(values, input.UnitName, input.Shown(LeastLength)), Layers = layers }],
        };
        return new MadeChart(chart, counted.Count, input.Range(values), points);
    }

    // The line goes through the median day at the median of what the slope leaves (Sen 1968); the ends of the slope's interval turn about the same point.
    private static IEnumerable<ChartLayer> TrendOf(ChartInput input, IReadOnlyList<ChartPoint> points, Trend trend)
    {
        const double Week = DaysOfWeek * ChartInput.Day;
        var middle = Order.Median(points.Select(static point => point.X));
        var height = Order.Median(points.Select(point => point.Y - (trend.PerWeek * (point.X - middle) / Week)));
        double At(double slope, double x) => height + (slope * (x - middle) / Week);
        ChartSpan Span(double x) => new(x, Math.Min(At(trend.Low, x), At(trend.High, x)), Math.Max(At(trend.Low, x), At(trend.High, x)));
        static string Signed(double value) => value.ToString("+0.00;−0.00;0.00", CultureInfo.InvariantCulture);
        var (first, last) = (points[0].X, points[^1].X);
        yield return new AreaLayer
        {
            Spans = [Span(first), Span(middle), Span(last)],
            Color = ChartColor.Secondary,
            Name = input.Text("chart.trend_interval", ("low", Signed(trend.Low)), ("high", Signed(trend.High))),
        };
        yield return new LineLayer
        {
            Points = [new ChartPoint(first, At(trend.PerWeek, first)), new ChartPoint(last, At(trend.PerWeek, last))],
            Color = ChartColor.Secondary,
            Name = input.Text("chart.trend", ("slope", Signed(trend.PerWeek)), ("unit", input.UnitName)),
        };
    }
}
