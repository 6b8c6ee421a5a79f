namespace EdgeHost.Capabilities.Language;

/// <summary>The tone of a text.</summary>
public enum Sentiment
{
    /// <summary>It says that something is bad, or that the writer feels bad.</summary>
    Negative = 0,

    /// <summary>It takes no side, or both.</summary>
    Neutral = 1,

    /// <summary>It says that something is good, or that the writer feels good.</summary>
    Positive = 2,
}
