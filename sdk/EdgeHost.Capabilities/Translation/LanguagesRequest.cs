using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>Lists what can be translated into what.</summary>
[WireMessage]
public sealed partial class LanguagesRequest
{
    /// <summary>Only pairs from this language, as BCP 47.</summary>
    public string? Source { get; init; }

    /// <summary>Only pairs into this language, as BCP 47.</summary>
    public string? Target { get; init; }
}
