using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Language;

/// <summary>The tone of a text.</summary>
[WireMessage]
public sealed partial class AnalyzeSentimentResponse
{
    /// <summary>The likeliest tone.</summary>
    public required Sentiment Label { get; init; }

    /// <summary>How likely it is, 0 to 1: the highest of <see cref="Scores"/>.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Score { get; init; }

    /// <summary>How likely each tone is.</summary>
    public required SentimentScores Scores { get; init; }

    /// <summary>What the text was taken for: <c>en</c>, <c>zh</c>, or <c>und</c> where most of it is neither. For <c>und</c> the scores are near one another and mean little.</summary>
    public required string Language { get; init; }

    /// <summary>What share of its words and characters the model knows, 0 to 1. The lower, the nearer the scores are to one another.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Coverage { get; init; }

    /// <summary>What the model's head judged by, if asked for.</summary>
    public IReadOnlyList<float>? Features { get; init; }

    /// <summary>The models that were used, as id@version, in order of use.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];
}
