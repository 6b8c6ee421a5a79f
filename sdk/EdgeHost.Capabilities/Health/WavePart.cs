using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>A part of a wave that is kept.</summary>
[WireMessage]
public sealed partial class WavePart
{
    /// <summary>The wave's number.</summary>
    [WireField(Minimum = 1)]
    public required long Wave { get; init; }

    /// <summary>The place of the first sample in the wave, from 0.</summary>
    [WireField(Minimum = 0)]
    public required long FirstSample { get; init; }

    /// <summary>The samples, in the unit of the wave.</summary>
    public required HealthSignal Signal { get; init; }

    /// <summary>The annotations of these samples.</summary>
    public IReadOnlyList<WaveAnnotation> Annotations { get; init; } = [];
}
