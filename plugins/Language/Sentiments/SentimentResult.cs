using EdgeHost.Capabilities.Language;

namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>The tone of a text. Immutable.</summary>
/// <param name="Shares">How likely each tone is, in the order of <see cref="Sentiment"/>.</param>
/// <param name="Language"><c>en</c>, <c>zh</c> or <c>und</c>.</param>
/// <param name="Coverage">The share of tokens that the encoder knows, 0 to 1.</param>
/// <param name="Features">What the head judged by; empty where there was nothing to judge.</param>
/// <param name="Models">The models that were used, as id@version.</param>
internal sealed record SentimentResult(double[] Shares, string Language, double Coverage, float[] Features, string[] Models)
{
    /// <summary>The model that made the features, as id@version; null where there are none.</summary>
    public string? Encoder => Features.Length > 0 && Models.Length > 0 ? Models[0] : null;

    /// <summary>The likeliest tone; neutral where others are not likelier.</summary>
    public Sentiment Label
    {
        get
        {
            var label = Sentiment.Neutral;
            foreach (var other in SentimentLabels.All)
            {
                if (Shares[(int)other] > Shares[(int)label]) label = other;
            }

            return label;
        }
    }
}
