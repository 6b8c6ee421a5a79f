using EdgeHost.Capabilities.Language;

namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>The tones as labels of examples: <c>negative</c>, <c>neutral</c>, <c>positive</c>.</summary>
internal static class SentimentLabels
{
    /// <summary>How many there are.</summary>
    public const int Count = 3;

    /// <summary>All of them, in order.</summary>
    public static Sentiment[] All => [Sentiment.Negative, Sentiment.Neutral, Sentiment.Positive];

    /// <summary>The label of a tone.</summary>
    public static string Of(Sentiment sentiment) => sentiment switch
    {
        Sentiment.Negative => "negative",
        Sentiment.Neutral => "neutral",
        _ => "positive",
    };

    /// <summary>The tone of a label, or null.</summary>
    public static Sentiment? Parse(string label) => label switch
    {
        "negative" => Sentiment.Negative,
        "neutral" => Sentiment.Neutral,
        "positive" => Sentiment.Positive,
        _ => null,
    };
}
