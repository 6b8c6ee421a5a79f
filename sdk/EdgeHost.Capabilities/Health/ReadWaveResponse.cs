using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>The end of a wave.</summary>
[WireMessage]
public sealed partial class ReadWaveResponse
{
    /// <summary>What it is.</summary>
    public required RecordedWave Wave { get; init; }

    /// <summary>How many samples were given.</summary>
    [WireField(Minimum = 0)]
    public required long Samples { get; init; }
}
