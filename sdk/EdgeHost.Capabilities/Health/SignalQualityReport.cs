using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>How far a signal can be trusted.</summary>
[WireMessage]
public sealed partial class SignalQualityReport
{
    /// <summary>The quality of the whole.</summary>
    public required SignalQualityLevel Level { get; init; }

    /// <summary>The share of the time that is good or fair, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double UsableShare { get; init; }

    /// <summary>The quality of each stretch.</summary>
    public required IReadOnlyList<QualitySpan> Spans { get; init; }
}
