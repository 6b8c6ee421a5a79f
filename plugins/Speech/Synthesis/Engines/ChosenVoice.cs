namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>A voice with what speaks it.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Voice">Its voice.</param>
/// <param name="Speaker">Which of its speakers; null: the first.</param>
internal sealed record ChosenVoice(ISpeechEngine Engine, Voice Voice, string? Speaker)
{
    /// <summary>What apps call it.</summary>
    public string Id => Speaker is null ? Voice.Id : $"{Voice.Id}#{Speaker}";
}
