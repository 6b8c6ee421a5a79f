using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A reading.</summary>
[WireMessage]
public sealed partial class HealthSample
{
    /// <summary>What was measured: <c>heart_rate</c>, <c>resting_heart_rate</c>, <c>rr_interval</c>, <c>hrv_sdnn</c>, <c>hrv_rmssd</c>, <c>systolic</c>, <c>diastolic</c>, <c>glucose</c>, <c>spo2</c>, <c>respiratory_rate</c>, <c>temperature</c>, <c>weight</c>, <c>steps</c> or <c>sleep</c>.</summary>
    [WireField(MaxLength = 64)]
    public required string Type { get; init; }

    /// <summary>The value.</summary>
    public required double Value { get; init; }

    /// <summary>Its unit, as UCUM or in an everyday spelling: <c>mg/dL</c>, <c>mmol/L</c>, <c>mm[Hg]</c>, <c>kPa</c>, <c>/min</c>.</summary>
    [WireField(MaxLength = 64)]
    public required string Unit { get; init; }

    /// <summary>When, in milliseconds since 1970 (UTC).</summary>
    public required long Time { get; init; }

    /// <summary>What measured it, such as a device or an app.</summary>
    [WireField(MaxLength = 128)]
    public string? Source { get; init; }

    /// <summary>The person's time zone then, in minutes east of UTC.</summary>
    [WireField(Minimum = -1080, Maximum = 1080)]
    public int? UtcOffsetMinutes { get; init; }
}
