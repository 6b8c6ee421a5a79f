namespace EdgeHost.Capabilities.Speech;

/// <summary>What happened in a voice session.</summary>
public enum ConversationEventKind
{
    /// <summary>It waits for a keyword (or for speech).</summary>
    Waiting = 0,

    /// <summary>A keyword was heard.</summary>
    Keyword = 1,

    /// <summary>It listens for speech.</summary>
    Listening = 2,

    /// <summary>Unfinished text of what is being said.</summary>
    Partial = 3,

    /// <summary>What was said: the app answers now.</summary>
    Said = 4,

    /// <summary>A piece of the spoken answer.</summary>
    Speech = 5,

    /// <summary>The answer was spoken to its end.</summary>
    Spoken = 6,

    /// <summary>Somebody spoke, or the app stopped it: the rest of the answer is dropped, and players should fall silent.</summary>
    Interrupted = 7,

    /// <summary>Nobody spoke after the keyword.</summary>
    NothingSaid = 8,
}
