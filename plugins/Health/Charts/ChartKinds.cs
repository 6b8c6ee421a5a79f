using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Units;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>What each kind of chart takes.</summary>
internal static class ChartKinds
{
    /// <summary>The types of its readings.</summary>
    public static IReadOnlyList<string> TypesOf(HealthChartKind kind) => kind switch
    {
        HealthChartKind.HeartRate => ["heart_rate", "resting_heart_rate"],
        HealthChartKind.Variability => ["hrv_rmssd", "hrv_sdnn"],
        HealthChartKind.BloodPressure => ["systolic", "diastolic"],
        HealthChartKind.Glucose or HealthChartKind.GlucosePattern => ["glucose"],
        HealthChartKind.Weight => ["weight"],
        HealthChartKind.Steps => ["steps"],
        HealthChartKind.Sleep => ["sleep"],
        _ => throw new EdgeHostException(ErrorCode.InvalidArgument, $"There is no chart of kind {(int)kind}."),
    };

    /// <summary>What it measures.</summary>
    public static HealthQuantity QuantityOf(HealthChartKind kind) => kind switch
    {
        HealthChartKind.HeartRate => HealthQuantity.Rate,
        HealthChartKind.Variability => HealthQuantity.Interval,
        HealthChartKind.BloodPressure => HealthQuantity.Pressure,
        HealthChartKind.Glucose or HealthChartKind.GlucosePattern => HealthQuantity.Glucose,
        HealthChartKind.Weight => HealthQuantity.Mass,
        HealthChartKind.Steps => HealthQuantity.Count,
        _ => HealthQuantity.Duration,
    };

    /// <summary>The unit in which it is shown where the caller names none: the kept one, but hours of sleep.</summary>
    public static string UnitOf(HealthChartKind kind) => kind == HealthChartKind.Sleep ? "h" : UnitTable.UnitOf(QuantityOf(kind));

    /// <summary>The end of the keys of its texts.</summary>
    public static string NameOf(HealthChartKind kind) => kind switch
    {
        HealthChartKind.HeartRate => "heart_rate",
        HealthChartKind.Variability => "variability",
        HealthChartKind.BloodPressure => "blood_pressure",
        HealthChartKind.Glucose => "glucose",
        HealthChartKind.GlucosePattern => "glucose_pattern",
        HealthChartKind.Weight => "weight",
        HealthChartKind.Steps => "steps",
        _ => "sleep",
    };

    /// <summary>Whether readings before the stretch say what is usual, in days.</summary>
    public static int DaysBefore(HealthChartKind kind) => kind is HealthChartKind.HeartRate or HealthChartKind.Variability ? Signals.Baselines.BaselineAnalyzer.Window + 1 : 0;
}
