using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>What is pushed to <c>speech.transcribe_stream</c>.</summary>
[WireMessage]
internal sealed partial class AudioChunk
{
    /// <summary>Raw PCM.</summary>
    public required ReadOnlyMemory<byte> Audio { get; init; }
}
