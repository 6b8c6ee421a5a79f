using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>What was heard so far of a segment, or the whole of it.</summary>
[WireMessage]
public sealed partial class TranscriptItem
{
    /// <summary>Number of the segment, from 0. Items of a segment follow one another; the last one is final.</summary>
    [WireField(Minimum = 0)]
    public required int Segment { get; init; }

    /// <summary>The segment's whole text so far.</summary>
    public required string Text { get; init; }

    /// <summary>Whether it will not change any more.</summary>
    public required bool IsFinal { get; init; }

    /// <summary>Whether text that an earlier item of the segment had is changed or gone; otherwise the text only grew.</summary>
    public bool IsRevised { get; init; }

    /// <summary>Where the segment begins, in milliseconds from the start of the stream.</summary>
    [WireField(Minimum = 0)]
    public required long StartMs { get; init; }

    /// <summary>Up to where it was heard.</summary>
    [WireField(Minimum = 0)]
    public required long EndMs { get; init; }

    /// <summary>Whether the model began to repeat itself and what followed was left out.</summary>
    public bool IsCut { get; init; }
}
