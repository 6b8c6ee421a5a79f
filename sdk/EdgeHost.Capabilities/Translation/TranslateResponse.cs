using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>What texts became.</summary>
[WireMessage]
public sealed partial class TranslateResponse
{
    /// <summary>The translation, where one text was asked for.</summary>
    public string? Text { get; init; }

    /// <summary>The translations in the order of the texts, where several were asked for.</summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>The language of the text, given or detected, <c>und</c> of a text without words; of several texts that of the first.</summary>
    public required string Source { get; init; }

    /// <summary>How each text was translated, in their order.</summary>
    public required IReadOnlyList<TranslationDetail> Details { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
