namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>A language that a voice speaks.</summary>
/// <param name="Tag">As BCP 47, in its canonical letters.</param>
/// <param name="Rank">How far down the voices of the language it stands: the lower the better.</param>
internal readonly record struct VoiceLanguage(string Tag, int Rank);
