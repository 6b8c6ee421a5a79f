using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Steps and sleep, which add up: a bar a day; of the steps of a single day a bar an hour.</summary>
internal static class SumChart
{
    // Adults should sleep seven hours or more: American Academy of Sleep Medicine and Sleep Research Society (Watson et al. 2015, Sleep 38:843).
    private const double LeastSleepMinutes = 7 * 60;

    /// <summary>Makes it; null without readings.</summary>
    public static MadeChart? Make(ChartInput input)
    {
        var name = ChartKinds.NameOf(input.Kind);
        var counted = input.Counted(name);
        if (counted.Count == 0) return null;
        var isHourly = input is { Kind: HealthChartKind.Steps, Period: SummaryPeriod.Day };
        var width = isHourly ? ChartInput.Hour : ChartInput.Day;
        var origin = input.StartOf(DayOf(input, input.From));
        double PlaceOf(long time) => origin + (Math.Floor((time - origin) / width) * width);
        IReadOnlyList<ChartPoint> bars = [.. counted.GroupBy(sample => PlaceOf(sample.Time)).OrderBy(static bar => bar.Key).Select(bar => new ChartPoint(bar.Key, input.Shown(bar.Sum(static sample => sample.Value))))];
        var (from, until) = ((long)PlaceOf(input.From), (long)(PlaceOf(input.Until - 1) + width));
        var layers = new List<ChartLayer> { new BarLayer { Points = bars, Width = width, Color = ChartColor.Primary } };
        if (input.Kind == HealthChartKind.Sleep) layers.Add(ChartSeries.Level(input.Shown(LeastSleepMinutes), from, until, ChartColor.Good, input.Text("chart.sleep_target")));
        if (bars.Count > 1 && !isHourly)
        {
            var mean = bars.Average(static bar => bar.Y);
            layers.Add(ChartSeries.Level(mean, from, until, ChartColor.Secondary, input.Text("chart.mean_of_days", ("value", input.Number(mean)))));
        }

        var levels = input.Kind == HealthChartKind.Sleep ? [input.Shown(LeastSleepMinutes)] : Array.Empty<double>();
        var chart = new Chart
        {
            Title = input.Text("chart.title." + name),
            Subtitle = input.Subtitle(counted.Count),
            X = input.TimeAxis(from, until),
            Panels = [new ChartPanel { Y = ValueAxis.Of([.. bars.Select(static bar => bar.Y), .. levels], input.UnitName, fromZero: true), Layers = layers }],
        };
        return new MadeChart(chart, counted.Count, input.Range(bars.Select(static bar => bar.Y)), bars);
    }

    private static DateOnly DayOf(ChartInput input, long time) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(time).ToOffset(input.Offset).DateTime);
}
