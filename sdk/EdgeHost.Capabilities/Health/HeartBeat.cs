using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A heart beat in an ECG.</summary>
[WireMessage]
public sealed partial class HeartBeat
{
    /// <summary>The sample of the signal at which its QRS complex is largest.</summary>
    [WireField(Minimum = 0)]
    public required long Sample { get; init; }

    /// <summary>When, in milliseconds from the start of the signal.</summary>
    [WireField(Minimum = 0)]
    public required double TimeMs { get; init; }

    /// <summary>What kind of beat it is.</summary>
    public required HeartBeatKind Kind { get; init; }

    /// <summary>Milliseconds since the beat before; absent for the first one and after a stretch without signal.</summary>
    public double? IntervalMs { get; init; }
}
