using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.BloodPressure;
using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using Library = EdgeHost.Plugins.Health.Signals.BloodPressure;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Blood pressure: systolic above, diastolic below, each over the categories of the guideline, which have limits of their own for both.</summary>
internal static class PressureChart
{
    private const double MostGap = 3 * ChartInput.Day;

    /// <summary>Makes it; null without readings.</summary>
    public static MadeChart? Make(ChartInput input, BloodPressureScheme scheme)
    {
        var readings = PressurePairs.Of(input.Counted("systolic"), input.Counted("diastolic"), input.OffsetMinutes);
        if (readings.Count == 0) return null;
        var average = PressureJudge.Average(readings);
        var name = average is null ? null : input.Text("chart.average", ("systolic", input.Number(input.Shown(average.Systolic))), ("diastolic", input.Number(input.Shown(average.Diastolic))));
        ChartPanel Panel(string type, Func<Library.BloodPressureReading, double> of, double? mean, IReadOnlyList<PressureRegion> regions, double low, double high, double weight)
        {
            IReadOnlyList<ChartPoint> points = [.. readings.Select(reading => new ChartPoint(reading.Time.ToUnixTimeMilliseconds(), input.Shown(of(reading))))];
            return new ChartPanel
            {
                Y = ValueAxis.Of([.. points.Select(static point => point.Y), input.Shown(low), input.Shown(high)], $"{input.Text("type." + type)} ({input.UnitName})", ticks: 4),
                Layers =
                [
                    .. regions.Select(region => region.ToLayer(input)),
                    .. mean is { } level ? [ChartSeries.Level(input.Shown(level), input.From, input.Until, ChartColor.Neutral, name)] : Array.Empty<ChartLayer>(),
                    .. ChartSeries.Line(points, ChartColor.Primary, name: null, MostGap, width: 1.5),
                ],
                Weight = weight,
            };
        }

        var chart = new Chart
        {
            Title = input.Text("chart.title.blood_pressure"),
            Subtitle = input.Subtitle(readings.Count),
            X = input.TimeAxis(),
            Panels =
            [
                Panel("systolic", static reading => reading.Systolic, average?.Systolic, PressureRegion.OfSystolic(scheme), 100, 150, 1.2),
                Panel("diastolic", static reading => reading.Diastolic, average?.Diastolic, PressureRegion.OfDiastolic(scheme), 60, 100, 1),
            ],
        };
        var values = $"{input.Range(readings.Select(reading => input.Shown(reading.Systolic)))} / {input.Range(readings.Select(reading => input.Shown(reading.Diastolic)))}";
        return new MadeChart(chart, readings.Count, values, [.. readings.Select(reading => new ChartPoint(reading.Time.ToUnixTimeMilliseconds(), input.Shown(reading.Systolic)))]);
    }
}
