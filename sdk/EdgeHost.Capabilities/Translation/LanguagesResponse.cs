using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>What can be translated into what.</summary>
[WireMessage]
public sealed partial class LanguagesResponse
{
    /// <summary>The pairs: those that work now first, then by source and target.</summary>
    public required IReadOnlyList<LanguagePair> Pairs { get; init; }

    /// <summary>The languages that <c>translation.detect_language</c> can tell, as BCP 47, in order.</summary>
    public required IReadOnlyList<string> Detected { get; init; }
}
