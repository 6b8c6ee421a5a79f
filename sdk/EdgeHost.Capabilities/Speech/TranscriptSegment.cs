using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A stretch of speech, written down.</summary>
[WireMessage]
public sealed partial class TranscriptSegment
{
    /// <summary>Where it begins, in milliseconds from the start of the sound.</summary>
    [WireField(Minimum = 0)]
    public required long StartMs { get; init; }

    /// <summary>Where it ends.</summary>
    [WireField(Minimum = 0)]
    public required long EndMs { get; init; }

    /// <summary>What was said, with case and punctuation.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the model began to repeat itself and what followed was left out.</summary>
    public bool IsCut { get; init; }
}
