namespace WordTools.Contract;

/// <summary>Names of the plugin's methods.</summary>
public static class WordToolsMethods
{
    /// <summary><see cref="CountRequest"/> to <see cref="CountResponse"/>.</summary>
    public const string Count = "wordtools.count";

    /// <summary><see cref="KeywordsRequest"/> to <see cref="KeywordsResponse"/>.</summary>
    public const string Keywords = "wordtools.keywords";

    /// <summary>Duplex: <see cref="CountLiveRequest"/>, then each <see cref="TextPiece"/> pushed is answered by a <see cref="LiveCount"/>; the last is the response.</summary>
    public const string CountLive = "wordtools.count_live";
}
