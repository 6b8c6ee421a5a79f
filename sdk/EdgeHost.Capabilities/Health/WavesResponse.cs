using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The waves that are kept.</summary>
[WireMessage]
public sealed partial class WavesResponse
{
    /// <summary>The waves; at most ten thousand, of which the later ones are asked for with <c>from</c>.</summary>
    public required IReadOnlyList<RecordedWave> Waves { get; init; }

    /// <summary>Whether there are more.</summary>
    public required bool HasMore { get; init; }
}
