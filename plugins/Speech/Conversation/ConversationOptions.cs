namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>How a voice session goes. Immutable.</summary>
internal sealed record ConversationOptions
{
    /// <summary>How long after a keyword speech has to begin.</summary>
    public TimeSpan Listen { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the next turn begins without a keyword when an answer was spoken.</summary>
    public bool FollowUp { get; init; }

    /// <summary>Whether speech stops an answer.</summary>
    public bool BargeIn { get; init; } = true;

    /// <summary>Longest piece that is spoken in one go, in characters.</summary>
    public int LongestSentence { get; init; } = 400;

    /// <summary>Longest text of an answer that waits to be spoken, in characters.</summary>
    public int LongestAnswer { get; init; } = 20_000;
}
