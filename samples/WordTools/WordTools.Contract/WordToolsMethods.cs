namespace WordTools.Contract;

/// <summary>Names of the plugin's methods.</summary>
public static class WordToolsMethods
{
    /// <summary><see cref="CountRequest"/> to <see cref="CountResponse"/>.</summary>
    public const string Count = "wordtools.count";

    /// <summary><see cref="KeywordsRequest"/> to <see cref="KeywordsResponse"/>.</summary>
    public const string Keywords = "wordtools.keywords";
}
