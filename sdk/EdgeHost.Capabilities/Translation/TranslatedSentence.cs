using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>A sentence that is done. The translation of the text is <see cref="Before"/>, <see cref="Text"/> and <see cref="After"/> of all of them, one after another.</summary>
[WireMessage]
public sealed partial class TranslatedSentence
{
    /// <summary>What stands between it and the sentence before: white space, or nothing.</summary>
    public string Before { get; init; } = "";

    /// <summary>The translation.</summary>
    public required string Text { get; init; }

    /// <summary>The white space that ends the text, with its last sentence.</summary>
    public string After { get; init; } = "";

    /// <summary>Where the sentence begins in the text, in UTF-16 characters.</summary>
    [WireField(Minimum = 0)]
    public required int SourceStart { get; init; }

    /// <summary>How long it is.</summary>
    [WireField(Minimum = 0)]
    public required int SourceLength { get; init; }

    /// <summary>Whether the model did not come to an end by itself.</summary>
    public bool IsCut { get; init; }
}
