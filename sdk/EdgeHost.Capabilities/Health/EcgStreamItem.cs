using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>What a piece of a live ECG has shown. Everything is said once and never revised.</summary>
[WireMessage]
public sealed partial class EcgStreamItem
{
    /// <summary>How far the signal has come, in milliseconds from its start.</summary>
    public required double TimeMs { get; init; }

    /// <summary>The heart rate of the last eight beats, in beats a minute; absent where it cannot be told.</summary>
    public double? HeartRateBpm { get; init; }

    /// <summary>The latest quality that is known.</summary>
    public required SignalQualityLevel Quality { get; init; }

    /// <summary>Beats that are known now and were not before; about eight beats after they happened.</summary>
    public IReadOnlyList<HeartBeat> Beats { get; init; } = [];

    /// <summary>Stretches of one rhythm that have ended.</summary>
    public IReadOnlyList<RhythmSpan> Rhythm { get; init; } = [];

    /// <summary>Qualities of stretches of five seconds.</summary>
    public IReadOnlyList<QualitySpan> Spans { get; init; } = [];
}
