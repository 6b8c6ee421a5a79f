using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>A language that can be translated into another one.</summary>
[WireMessage]
public sealed partial class LanguagePair
{
    /// <summary>The language of the text, as BCP 47.</summary>
    public required string Source { get; init; }

    /// <summary>The language of the translation, as BCP 47.</summary>
    public required string Target { get; init; }

    /// <summary>The language between the two, where no model does it directly.</summary>
    public string? Via { get; init; }

    /// <summary>The models that do it, in order.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Whether they are on the device; otherwise <see cref="Hint"/> says what to do.</summary>
    public required bool IsAvailable { get; init; }

    /// <summary>The command that gets what is missing.</summary>
    public string? Hint { get; init; }
}
