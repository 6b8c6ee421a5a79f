namespace EdgeHost.Capabilities.Health;

/// <summary>What a chart is of.</summary>
public enum HealthChartKind
{
    /// <summary>Heart rate, and the resting one with what is usual for the person.</summary>
    HeartRate = 0,

    /// <summary>Heart rate variability, RMSSD and SDNN, with what is usual for the person.</summary>
    Variability = 1,

    /// <summary>Systolic and diastolic blood pressure over the categories of the guideline.</summary>
    BloodPressure = 2,

    /// <summary>Glucose over its target range.</summary>
    Glucose = 3,

    /// <summary>Glucose by the time of day: median, the middle half and nine tenths of the readings.</summary>
    GlucosePattern = 4,

    /// <summary>Weight with its trend and the trend's 95 % interval.</summary>
    Weight = 5,

    /// <summary>Steps, a bar a day, or an hour of a single day.</summary>
    Steps = 6,

    /// <summary>Sleep, a bar a day.</summary>
    Sleep = 7,
}
