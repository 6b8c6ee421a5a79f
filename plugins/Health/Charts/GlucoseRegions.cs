using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Signals.Glucose;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>The ranges of the international consensus of 2019 as regions.</summary>
internal static class GlucoseRegions
{
    /// <summary>The ranges, from the lowest.</summary>
    public static IReadOnlyList<RegionLayer> Of(ChartInput input)
    {
        var targets = GlucoseTargets.Adults;
        RegionLayer Region(string name, double low, double high, ChartColor color) => new()
        {
            Low = double.IsInfinity(low) ? low : input.Shown(low),
            High = double.IsInfinity(high) ? high : input.Shown(high),
            Color = color,
            Label = input.Text("chart.glucose." + name),
        };
        return
        [
            Region("very_low", double.NegativeInfinity, GlucoseTargets.VeryLow, ChartColor.Danger),
            Region("low", GlucoseTargets.VeryLow, targets.Low, ChartColor.Warning),
            Region("target", targets.Low, targets.High, ChartColor.Good),
            Region("high", targets.High, GlucoseTargets.VeryHigh, ChartColor.Caution),
            Region("very_high", GlucoseTargets.VeryHigh, double.PositiveInfinity, ChartColor.Warning),
        ];
    }

    /// <summary>What the axis of values has at least, so that charts of different days can be compared.</summary>
    public static IReadOnlyList<double> Least(ChartInput input) => [input.Shown(40), input.Shown(260)];
}
