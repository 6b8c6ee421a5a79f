using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Something that happened in a stream of sound.</summary>
[WireMessage]
public sealed partial class SpeechEvent
{
    /// <summary>What happened.</summary>
    public required SpeechEventKind Kind { get; init; }

    /// <summary>When, in milliseconds from the start of the stream.</summary>
    [WireField(Minimum = 0)]
    public required long TimeMs { get; init; }

    /// <summary>How likely the window is speech, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? Probability { get; init; }
}
