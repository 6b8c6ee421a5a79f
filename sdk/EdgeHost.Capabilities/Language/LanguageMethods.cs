namespace EdgeHost.Capabilities.Language;

/// <summary>Names of the language methods.</summary>
public static class LanguageMethods
{
    /// <summary><see cref="AnalyzeSentimentRequest"/> to <see cref="AnalyzeSentimentResponse"/>.</summary>
    public const string AnalyzeSentiment = "language.analyze_sentiment";

    /// <summary><see cref="GenerateRequest"/> to a stream of <see cref="GeneratedText"/>, then <see cref="GenerateResponse"/>.</summary>
    public const string Generate = "language.generate";

    /// <summary><see cref="EmbedTextRequest"/> to <see cref="EmbedTextResponse"/>.</summary>
    public const string Embed = "language.embed";

    /// <summary><see cref="CountTokensRequest"/> to <see cref="CountTokensResponse"/>.</summary>
    public const string CountTokens = "language.count_tokens";
}
