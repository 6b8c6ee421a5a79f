using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Filtering;
using EdgeHost.Plugins.Health.Summaries;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Heart rate: of a day as measured, of longer stretches median and extremes; the resting one over what is usual for the person.</summary>
internal static class HeartRateChart
{
    private const string Rate = "heart_rate";
    private const string Resting = "resting_heart_rate";
    private const double LeastLength = 40;
    private const double LeastDeviation = 1;

    /// <summary>Makes it; null without readings.</summary>
    public static MadeChart? Make(ChartInput input)
    {
        var (counted, resting) = (input.Counted(Rate), input.Points(Resting));
        if (counted.Count + resting.Count == 0) return null;
        var layers = new List<ChartLayer>();
        if (ChartSeries.Usual(input, input.Days(Resting), LeastDeviation, input.Text("chart.usual_at_rest")) is { } usual) layers.Add(usual);
        layers.AddRange(input.Period == SummaryPeriod.Day
            ? ChartSeries.Line([.. counted.Select(sample => new ChartPoint(sample.Time, input.Shown(sample.Value)))], ChartColor.Primary, input.Text("type." + Rate), ChartInput.Hour / 2, width: 1.5)
            : Bundled(input, counted));
        layers.AddRange(ChartSeries.Line(resting, ChartColor.Secondary, resting.Count > 0 ? input.Text("type." + Resting) : null, 3 * ChartInput.Day));
        IReadOnlyList<double> values = [.. counted.Select(sample => input.Shown(sample.Value)), .. resting.Select(static point => point.Y)];
        var chart = new Chart
        {
            Title = input.Text("chart.title.heart_rate"),
            Subtitle = input.Subtitle(values.Count),
            X = input.TimeAxis(),
            Panels = [new ChartPanel { Y = ValueAxis.Of(values, input.UnitName, input.Shown(LeastLength)), Layers = layers }],
        };
        return new MadeChart(chart, values.Count, input.Range(values), counted.Count > 0 ? input.Points(Rate) : resting);
    }

    private static IEnumerable<ChartLayer> Bundled(ChartInput input, IReadOnlyList<Sample> counted)
    {
        if (counted.Count == 0) yield break;
        var isWeek = input.Period == SummaryPeriod.Week;
        var width = isWeek ? ChartInput.Hour : ChartInput.Day;
        var start = input.StartOf(DailySamples.DayOf(counted[0], input.OffsetMinutes));
        var (points, spans) = (new List<ChartPoint>(), new List<ChartSpan>());
        foreach (var bundle in counted.GroupBy(sample => Math.Floor((sample.Time - start) / width)))
        {
            var middle = start + ((bundle.Key + 0.5) * width);

            // Where a hole is the area must not go on.
            if (points.Count > 0 && middle - points[^1].X > 3 * width) spans.Add(new ChartSpan(middle, double.NaN, double.NaN));
            points.Add(new ChartPoint(middle, input.Shown(Order.Median(bundle.Select(static sample => sample.Value)))));
            spans.Add(new ChartSpan(middle, input.Shown(bundle.Min(static sample => sample.Value)), input.Shown(bundle.Max(static sample => sample.Value))));
        }

        yield return new AreaLayer { Spans = spans, Color = ChartColor.Primary, Name = input.Text(isWeek ? "chart.range_of_hour" : "chart.range_of_day") };
        foreach (var layer in ChartSeries.Line(points, ChartColor.Primary, input.Text("chart.median"), 3 * width)) yield return layer;
    }
}
