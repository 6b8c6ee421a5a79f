namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>A glucose value.</summary>
/// <param name="Time">When it was measured, UTC.</param>
/// <param name="MgPerDl">In mg/dL. Sensors give 40 for "low" and 400 for "high"; such values count in ranges and not in the forecast's fit.</param>
public readonly record struct GlucoseReading(DateTimeOffset Time, double MgPerDl)
{
    /// <summary>The lowest value that is plausible, in mg/dL.</summary>
    public const double Least = 10;

    /// <summary>The highest value that is plausible, in mg/dL.</summary>
    public const double Most = 1000;

    /// <summary>What sensors give for "low", in mg/dL.</summary>
    public const double SensorLow = 40;

    /// <summary>What sensors give for "high", in mg/dL.</summary>
    public const double SensorHigh = 400;
}
