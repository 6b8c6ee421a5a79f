namespace EdgeHost.Plugins.Speech.Conversation;

/// <summary>What was heard up to now in a turn.</summary>
/// <param name="IsSpeaking">Whether somebody is speaking.</param>
/// <param name="Partial">Unfinished text that is new; null: none.</param>
/// <param name="Said">What was said, when a pause ended it; null: not yet, or there were no words.</param>
internal readonly record struct TurnHeard(bool IsSpeaking, string? Partial = null, string? Said = null);
