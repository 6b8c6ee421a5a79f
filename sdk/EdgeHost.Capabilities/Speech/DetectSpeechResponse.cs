using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>Where somebody speaks.</summary>
[WireMessage]
public sealed partial class DetectSpeechResponse
{
    /// <summary>The stretches in order of time; they do not overlap.</summary>
    public required IReadOnlyList<SpeechSegment> Segments { get; init; }

    /// <summary>Length of the sound in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>Share of the sound that is speech, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double SpeechShare { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
