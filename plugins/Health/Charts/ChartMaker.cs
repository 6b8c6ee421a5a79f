using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Makes charts of readings. Thread-safe.</summary>
internal sealed class ChartMaker(HealthOptions options)
{
    /// <summary>Makes one; null where there are no readings of the kind within the stretch.</summary>
    public MadeChart? Make(ChartInput input) => input.Kind switch
    {
        HealthChartKind.HeartRate => HeartRateChart.Make(input),
        HealthChartKind.Variability => VariabilityChart.Make(input),
        HealthChartKind.BloodPressure => PressureChart.Make(input, options.BloodPressureScheme),
        HealthChartKind.Glucose => GlucoseChart.Make(input),
        HealthChartKind.GlucosePattern => GlucosePatternChart.Make(input),
        HealthChartKind.Weight => WeightChart.Make(input),
        _ => SumChart.Make(input),
    };
}
