using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Training;

/// <summary>How one measure has changed.</summary>
[WireMessage]
public sealed partial class MeasureDrift
{
    /// <summary>confidence, or a measure of inputs that the capability declares.</summary>
    public required string Measure { get; init; }

    /// <summary>Calls seen.</summary>
    [WireField(Minimum = 0)]
    public required long Calls { get; init; }

    /// <summary>The population stability index of late calls against the first ones, at least 0; absent while there are too few.</summary>
    public double? Index { get; init; }

    /// <summary>What the index says.</summary>
    public required DriftState State { get; init; }
}
