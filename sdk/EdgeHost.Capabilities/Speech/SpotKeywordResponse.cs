using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>The keywords that were heard.</summary>
[WireMessage]
public sealed partial class SpotKeywordResponse
{
    /// <summary>In order of time.</summary>
    public required IReadOnlyList<KeywordDetection> Detections { get; init; }

    /// <summary>Length of the sound in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>The highest score of each keyword, heard or not.</summary>
    public IReadOnlyList<KeywordDetection> Peaks { get; init; } = [];

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
