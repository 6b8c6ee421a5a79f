using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>The end of a stream in which speech was looked for.</summary>
[WireMessage]
public sealed partial class DetectSpeechStreamResponse
{
    /// <summary>The last stretches of speech, at most 1,000, in order of time.</summary>
    [WireField(MaxLength = 1000)]
    public required IReadOnlyList<SpeechSegment> Segments { get; init; }

    /// <summary>How much sound was heard, in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
