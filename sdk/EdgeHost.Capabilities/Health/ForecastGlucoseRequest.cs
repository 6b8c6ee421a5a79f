using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Forecasts a person's glucose 30 minutes ahead, by a model that learns from this person alone.</summary>
[WireMessage]
public sealed partial class ForecastGlucoseRequest
{
    /// <summary>Whose data it is: a name of the device's owner's choice, which is kept encrypted.</summary>
    [WireField(MaxLength = 128)]
    public string Person { get; init; } = "self";

    /// <summary>Readings of a continuous sensor in order of time, instead of those that are kept.</summary>
    [WireField(MaxLength = 100000)]
    public IReadOnlyList<HealthSample>? Samples { get; init; }

    /// <summary>The unit of the answer: <c>mg/dL</c> or <c>mmol/L</c>.</summary>
    [WireField(MaxLength = 64)]
    public string Unit { get; init; } = "mg/dL";
}
