using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>How a text was translated.</summary>
[WireMessage]
public sealed partial class TranslationDetail
{
    /// <summary>The text's language, given or detected; <c>und</c> of a text without words.</summary>
    public required string Source { get; init; }

    /// <summary>The languages that it went through, the text's first, the wanted one last: three where there is no direct model, one where nothing was to be done.</summary>
    public required IReadOnlyList<string> Route { get; init; }

    /// <summary>Which part of the text became which part of the translation, in order.</summary>
    public required IReadOnlyList<TranslatedSpan> Sentences { get; init; }
}
