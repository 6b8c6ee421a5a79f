using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What a pulse signal shows. EdgeHost is no medical device; this is no diagnosis.</summary>
[WireMessage]
public sealed partial class AnalyzePpgResponse
{
    /// <summary>The pulses in order of time.</summary>
    public required IReadOnlyList<PulseBeat> Pulses { get; init; }

    /// <summary>The mean pulse rate, in beats a minute; absent where it cannot be told.</summary>
    public double? HeartRateBpm { get; init; }

    /// <summary>Variability of the pulse intervals, which is not quite the heart's.</summary>
    public required HeartVariability Variability { get; init; }

    /// <summary>How far the signal can be trusted.</summary>
    public required SignalQualityReport Quality { get; init; }
}
