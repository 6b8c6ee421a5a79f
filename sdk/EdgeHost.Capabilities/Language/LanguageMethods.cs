namespace EdgeHost.Capabilities.Language;

/// <summary>Names of the language methods.</summary>
public static class LanguageMethods
{
    /// <summary><see cref="AnalyzeSentimentRequest"/> to <see cref="AnalyzeSentimentResponse"/>.</summary>
    public const string AnalyzeSentiment = "language.analyze_sentiment";
}
