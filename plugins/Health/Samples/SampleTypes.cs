using EdgeHost.Plugins.Health.Signals.Units;

namespace EdgeHost.Plugins.Health.Samples;

/// <summary>
/// The kinds of readings. Plausible ranges are what instruments measure and bodies survive, wider than any healthy range: what lies outside is a mistake of the
/// sensor, the unit or the person who typed.
/// </summary>
internal static class SampleTypes
{
    /// <summary>Systolic blood pressure.</summary>
    public static SampleType Systolic { get; } = new("systolic", HealthQuantity.Pressure, 50, 260);

    /// <summary>Diastolic blood pressure, beside a systolic one of the same time and source.</summary>
    public static SampleType Diastolic { get; } = new("diastolic", HealthQuantity.Pressure, 30, 160);

    /// <summary>Glucose. Below 20 mg/dL nobody is awake to measure; a 5.5 is mmol/L.</summary>
    public static SampleType Glucose { get; } = new("glucose", HealthQuantity.Glucose, 20, 900);

    /// <summary>All kinds by name.</summary>
    public static IReadOnlyDictionary<string, SampleType> All { get; } = new[]
    {
        new SampleType("heart_rate", HealthQuantity.Rate, 20, 300),
        new SampleType("resting_heart_rate", HealthQuantity.Rate, 20, 200),
        new SampleType("rr_interval", HealthQuantity.Interval, 200, 3_000),
        new SampleType("hrv_sdnn", HealthQuantity.Interval, 0, 1_000),
        new SampleType("hrv_rmssd", HealthQuantity.Interval, 0, 1_000),
        Systolic, Diastolic, Glucose,
        new SampleType("spo2", HealthQuantity.Percentage, 50, 100),
        new SampleType("respiratory_rate", HealthQuantity.Rate, 3, 80),
        new SampleType("temperature", HealthQuantity.Temperature, 28, 44),
        new SampleType("weight", HealthQuantity.Mass, 1, 500),
        new SampleType("steps", HealthQuantity.Count, 0, 200_000, IsSummed: true),
        new SampleType("sleep", HealthQuantity.Duration, 0, 1_440, IsSummed: true),
    }.ToDictionary(static type => type.Name, StringComparer.Ordinal);
}
