using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A stretch in which somebody speaks.</summary>
[WireMessage]
public sealed partial class SpeechSegment
{
    /// <summary>Where it begins, in milliseconds from the start of the sound.</summary>
    [WireField(Minimum = 0)]
    public required long StartMs { get; init; }

    /// <summary>Where it ends.</summary>
    [WireField(Minimum = 0)]
    public required long EndMs { get; init; }
}
