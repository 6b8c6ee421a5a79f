using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>The end of a transcription.</summary>
[WireMessage]
public sealed partial class TranscribeStreamResponse
{
    /// <summary>How many segments there were.</summary>
    [WireField(Minimum = 0)]
    public required int Segments { get; init; }

    /// <summary>How much sound was heard, in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
