namespace EdgeHost.Plugins.Speech.Synthesis.Engines;

/// <summary>How to speak.</summary>
/// <param name="Rate">How fast, 0.25 to 4; 1 is the voice's own.</param>
/// <param name="Pitch">How high, 0.5 to 2; 1 is the voice's own.</param>
internal readonly record struct SpeechManner(double Rate, double Pitch);
