using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>The end of a voice session.</summary>
[WireMessage]
public sealed partial class ConverseResponse
{
    /// <summary>How often something was said.</summary>
    [WireField(Minimum = 0)]
    public required int Turns { get; init; }

    /// <summary>How much sound was heard, in milliseconds.</summary>
    [WireField(Minimum = 0)]
    public required long DurationMs { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
