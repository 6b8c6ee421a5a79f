using EdgeHost.Serialization;

namespace EdgeHost.Client.Extensions.AI.Speech;

/// <summary>A piece of speech; of a stream, maybe one that is still being spoken.</summary>
[WireMessage]
internal sealed partial class TranscribedSegment
{
    public long StartMs { get; init; }

    public long EndMs { get; init; }

    public required string Text { get; init; }

    /// <summary>Of a stream: whether the segment stays as it is. The next item takes the place of one that is not final.</summary>
    public bool IsFinal { get; init; }
}
