using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A piece of sound that an app pushes.</summary>
[WireMessage]
public sealed partial class AudioChunk
{
    /// <summary>Samples in the stream's format; whole samples of all channels, as many as one likes up to a second's worth at a time for a quick answer.</summary>
    public required ReadOnlyMemory<byte> Audio { get; init; }
}
