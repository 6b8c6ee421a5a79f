using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Heart rate variability: of a day as measured, of longer stretches each day's median, over what is usual for the person.</summary>
internal static class VariabilityChart
{
    private const string Rmssd = "hrv_rmssd";
    private const string Sdnn = "hrv_sdnn";
    private const double LeastLength = 30;
    private const double LeastDeviation = 2;

    /// <summary>Makes it; null without readings.</summary>
    public static MadeChart? Make(ChartInput input)
    {
        var (rmssd, sdnn) = (Of(input, Rmssd), Of(input, Sdnn));
        if (rmssd.Count + sdnn.Count == 0) return null;
        var layers = new List<ChartLayer>();
        if (ChartSeries.Usual(input, input.Days(rmssd.Count > 0 ? Rmssd : Sdnn), LeastDeviation, input.Text("chart.usual_of", ("name", rmssd.Count > 0 ? "RMSSD" : "SDNN"))) is { } usual) layers.Add(usual);
        layers.AddRange(ChartSeries.Line(rmssd, ChartColor.Primary, "RMSSD", 3 * ChartInput.Day));
        layers.AddRange(ChartSeries.Line(sdnn, ChartColor.Secondary, "SDNN", 3 * ChartInput.Day));
        IReadOnlyList<double> values = [.. rmssd.Concat(sdnn).Select(static point => point.Y)];
        var readings = input.Counted(Rmssd).Count + input.Counted(Sdnn).Count;
        var chart = new Chart
        {
            Title = input.Text("chart.title.variability"),
            Subtitle = input.Subtitle(readings),
            X = input.TimeAxis(),
            Panels = [new ChartPanel { Y = ValueAxis.Of(values, input.UnitName, input.Shown(LeastLength)), Layers = layers }],
        };
        return new MadeChart(chart, readings, input.Range(values), rmssd.Count > 0 ? rmssd : sdnn);
    }

    private static IReadOnlyList<ChartPoint> Of(ChartInput input, string type)
        => input.Period == SummaryPeriod.Day ? input.Points(type) : ChartSeries.OfDays(input, input.Days(type).Where(day => input.StartOf(day.Day) + ChartInput.Day > input.From));
}
