using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>A language that a text may be in.</summary>
[WireMessage]
public sealed partial class LanguageCandidate
{
    /// <summary>The language as BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>How likely it is, 0 to 1.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }
}
