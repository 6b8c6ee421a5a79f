namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>A voice of an engine.</summary>
/// <param name="Id">What apps call it.</param>
/// <param name="Engine">The engine's name.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Languages">What it speaks, as BCP 47, its own first.</param>
/// <param name="Key">What the engine calls it.</param>
/// <param name="Licence">SPDX expression.</param>
internal sealed record Voice(string Id, string Engine, string Name, IReadOnlyList<VoiceLanguage> Languages, string Key, string Licence)
{
    /// <summary>Samples a second; 0: not known before it has spoken.</summary>
    public int SampleRate { get; init; }

    /// <summary>The names of its speakers, chosen by <c>id#speaker</c>; empty: one, or they are not named.</summary>
    public IReadOnlyList<string> Speakers { get; init; } = [];

    /// <summary>What is missing for it to speak, and what gets it; null: nothing.</summary>
    public string? Hint { get; init; }
}
