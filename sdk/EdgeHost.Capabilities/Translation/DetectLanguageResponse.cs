using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Translation;

/// <summary>What language a text seems to be in.</summary>
[WireMessage]
public sealed partial class DetectLanguageResponse
{
    /// <summary>The likeliest language as BCP 47, or <c>und</c>: nothing in the text says, such as in one of digits.</summary>
    public required string Language { get; init; }

    /// <summary>How likely it is, 0 to 1; short texts rarely say for certain.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Confidence { get; init; }

    /// <summary>The likeliest languages, at most five, the likeliest first.</summary>
    public required IReadOnlyList<LanguageCandidate> Candidates { get; init; }
}
