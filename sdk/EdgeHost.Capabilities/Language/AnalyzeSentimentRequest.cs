using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>Judges the tone of a text.</summary>
[WireMessage]
public sealed partial class AnalyzeSentimentRequest
{
    /// <summary>The text: English or Chinese, best a sentence to a paragraph. Neither empty nor only white space; at most 4,000 characters (UTF-16) unless the host is set otherwise.</summary>
    public required string Text { get; init; }

    /// <summary>Whether the answer has <see cref="AnalyzeSentimentResponse.Features"/>, from which a head of one's own can be trained; no if absent.</summary>
    public bool IncludeFeatures { get; init; }
}
