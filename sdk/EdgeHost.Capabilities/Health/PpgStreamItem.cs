using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What a piece of a live pulse signal has shown. Everything is said once and never revised.</summary>
[WireMessage]
public sealed partial class PpgStreamItem
{
    /// <summary>How far the signal has come, in milliseconds on the clock of the frames.</summary>
    public required double TimeMs { get; init; }

    /// <summary>The pulse of the last eight intervals, in beats a minute; absent where it cannot be told.</summary>
    public double? HeartRateBpm { get; init; }

    /// <summary>The latest quality that is known.</summary>
    public required SignalQualityLevel Quality { get; init; }

    /// <summary>Pulses that are known now and were not before.</summary>
    public IReadOnlyList<PulseBeat> Pulses { get; init; } = [];

    /// <summary>Qualities of stretches.</summary>
    public IReadOnlyList<QualitySpan> Spans { get; init; } = [];
}
