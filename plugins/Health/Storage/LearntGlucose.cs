using EdgeHost.Plugins.Health.Samples;
using EdgeHost.Plugins.Health.Signals.Glucose;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>What was learnt of a person's glucose.</summary>
/// <param name="Forecaster">The forecaster.</param>
/// <param name="Until">The time of the newest sample that it has seen, in milliseconds since 1970 (UTC).</param>
/// <param name="LastTime">The time of the newest one that it has taken.</param>
/// <param name="LastValue">Its value in mg/dL.</param>
/// <param name="IsOutdated">Whether samples have come since that it should have seen before.</param>
internal sealed record LearntGlucose(GlucoseForecaster Forecaster, long Until, long LastTime, double LastValue, bool IsOutdated = false)
{
    /// <summary>Before the first sample.</summary>
    public static LearntGlucose Nothing => new(new GlucoseForecaster(), long.MinValue, long.MinValue, double.NaN);

    /// <summary>Takes the next sample; flagged ones are seen and not taken.</summary>
    public LearntGlucose Take(Sample sample) => sample.Flag is null && Forecaster.Add(new GlucoseReading(DateTimeOffset.FromUnixTimeMilliseconds(sample.Time), sample.Value))
        ? this with { Until = sample.Time, LastTime = sample.Time, LastValue = sample.Value }
        : this with { Until = sample.Time };
}
