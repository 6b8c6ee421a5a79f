namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>Where a voice session stands.</summary>
internal enum ConversationState
{
    /// <summary>A keyword opens the next turn.</summary>
    Waiting,

    /// <summary>Speech is listened for, and written down.</summary>
    Listening,

    /// <summary>The app answers, and its answer is spoken.</summary>
    Answering,
}
