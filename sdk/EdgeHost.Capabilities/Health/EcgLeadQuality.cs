using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>How far one lead of an ECG can be trusted by itself.</summary>
[WireMessage]
public sealed partial class EcgLeadQuality
{
    /// <summary>The quality of the whole lead.</summary>
    public required SignalQualityLevel Level { get; init; }

    /// <summary>The share of the time that is good or fair, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double UsableShare { get; init; }
}
