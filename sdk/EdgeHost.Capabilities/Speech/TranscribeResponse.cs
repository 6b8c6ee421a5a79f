using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>What was said.</summary>
[WireMessage]
public sealed partial class TranscribeResponse
{
    /// <summary>All segments, joined by spaces; empty if nobody spoke.</summary>
    public required string Text { get; init; }

    /// <summary>The stretches of speech in order of time.</summary>
    public required IReadOnlyList<TranscriptSegment> Segments { get; init; }

    /// <summary>The language of the model that listened, as BCP 47.</summary>
    public string Language { get; init; } = "";

    /// <summary>Length of the sound in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
