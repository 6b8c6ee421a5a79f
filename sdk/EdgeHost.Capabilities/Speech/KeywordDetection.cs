using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Speech;

/// <summary>A keyword that was heard.</summary>
[WireMessage]
public sealed partial class KeywordDetection
{
    /// <summary>Its id.</summary>
    public required string Keyword { get; init; }

    /// <summary>When, in milliseconds from the start of the sound: the end of the word.</summary>
    [WireField(Minimum = 0)]
    public required long TimeMs { get; init; }

    /// <summary>How sure it is, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Score { get; init; }
}
