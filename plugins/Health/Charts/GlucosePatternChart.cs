using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Signals.Glucose;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Glucose by the hour of the day, as the ambulatory glucose profile shows it (Battelino et al. 2019, Diabetes Care 42:1593): median, 25 to 75 % and 5 to 95 % of the readings.</summary>
internal static class GlucosePatternChart
{
    private const int HoursOfDay = 24;
    private const int HoursBetweenTicks = 3;

    /// <summary>Makes it; null without readings.</summary>
    public static MadeChart? Make(ChartInput input)
    {
        IReadOnlyList<GlucoseReading> readings = [.. input.Counted("glucose").Select(static sample => new GlucoseReading(DateTimeOffset.FromUnixTimeMilliseconds(sample.Time), sample.Value))];
        if (readings.Count == 0) return null;
        var hours = GlucoseAnalyzer.PatternOfDay(readings, input.Offset);
        var isSufficient = GlucoseAnalyzer.Summarize(readings).IsSufficient;
        var values = readings.Select(reading => input.Shown(reading.MgPerDl)).ToList();
        var chart = new Chart
        {
            Title = input.Text("chart.title.glucose_pattern"),
            Subtitle = input.Subtitle(readings.Count, isSufficient ? "chart.subtitle" : "chart.subtitle_few_days"),
            X = new ChartAxis(0, HoursOfDay, [.. Enumerable.Range(0, (HoursOfDay / HoursBetweenTicks) + 1).Select(static i => new ChartTick(i * HoursBetweenTicks, $"{i * HoursBetweenTicks:00}:00"))]),
            Panels =
            [
                new ChartPanel
                {
                    Y = ValueAxis.Of([.. hours.SelectMany(static hour => new[] { hour.P5, hour.P95 }).OfType<double>().Select(input.Shown), .. GlucoseRegions.Least(input)], input.UnitName),
                    Layers =
                    [
                        .. GlucoseRegions.Of(input),
                        new AreaLayer { Name = input.Text("chart.nine_tenths"), Color = ChartColor.Primary, Strength = 0.22, Spans = Around(hours, (x, hour) => new ChartSpan(x, Value(hour.P5), Value(hour.P95))) },
                        new AreaLayer { Name = input.Text("chart.middle_half"), Color = ChartColor.Primary, Strength = 0.5, Spans = Around(hours, (x, hour) => new ChartSpan(x, Value(hour.P25), Value(hour.P75))) },
                        new LineLayer { Name = input.Text("chart.median"), Color = ChartColor.Primary, Width = 2.5, Points = Around(hours, (x, hour) => new ChartPoint(x, Value(hour.Median))) },
                    ],
                },
            ],
        };
        return new MadeChart(chart, readings.Count, input.Range(values), [.. hours.Where(static hour => hour.Median is not null).Select(hour => new ChartPoint((hour.Hour + 0.5) * ChartInput.Hour, Value(hour.Median)))]);

        double Value(double? kept) => kept is { } known ? input.Shown(known) : double.NaN;
    }

    // The day is a circle: the hour before midnight goes on at the left, the one after it at the right.
    private static List<T> Around<T>(IReadOnlyList<GlucoseHour> hours, Func<double, GlucoseHour, T> at)
        => [at(-0.5, hours[^1]), .. hours.Select(hour => at(hour.Hour + 0.5, hour)), at(HoursOfDay + 0.5, hours[0])];
}
