using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>A sentence and what it became. Places and lengths are in UTF-16 characters.</summary>
[WireMessage]
public sealed partial class TranslatedSpan
{
    /// <summary>Where the sentence begins in the text.</summary>
    [WireField(Minimum = 0)]
    public required int SourceStart { get; init; }

    /// <summary>How long it is.</summary>
    [WireField(Minimum = 0)]
    public required int SourceLength { get; init; }

    /// <summary>Where its translation begins in the translation.</summary>
    [WireField(Minimum = 0)]
    public required int TargetStart { get; init; }

    /// <summary>How long that is.</summary>
    [WireField(Minimum = 0)]
    public required int TargetLength { get; init; }

    /// <summary>Whether the model did not come to an end by itself: the translation was cut at its limit, or where it went round in circles.</summary>
    public bool IsCut { get; init; }
}
