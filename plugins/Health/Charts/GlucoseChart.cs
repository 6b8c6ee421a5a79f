using EdgeHost.Plugins.Health.Charts.Axes;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Glucose as measured, over the ranges of the consensus.</summary>
internal static class GlucoseChart
{
    // A sensor's readings are joined over one that is missing; a meter's are dots.
    private const double MostGap = 20 * 60_000;

    /// <summary>Makes it; null without readings.</summary>
    public static MadeChart? Make(ChartInput input)
    {
        var points = input.Points("glucose");
        if (points.Count == 0) return null;
        var chart = new Chart
        {
            Title = input.Text("chart.title.glucose"),
            Subtitle = input.Subtitle(points.Count),
            X = input.TimeAxis(),
            Panels =
            [
                new ChartPanel
                {
                    Y = ValueAxis.Of([.. points.Select(static point => point.Y), .. GlucoseRegions.Least(input)], input.UnitName),
                    Layers = [.. GlucoseRegions.Of(input), .. ChartSeries.Line(points, ChartColor.Primary, name: null, MostGap)],
                },
            ],
        };
        return new MadeChart(chart, points.Count, input.Range(points.Select(static point => point.Y)), points);
    }
}
