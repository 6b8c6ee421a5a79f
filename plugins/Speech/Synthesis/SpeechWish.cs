namespace EdgeHost.Plugins.Speech.Synthesis;

/// <summary>Who is to speak and how, as an app says it.</summary>
/// <param name="Voice">The voice's id; null: by the language.</param>
/// <param name="Language">As BCP 47; null: English.</param>
/// <param name="Rate">How fast; null: 1.</param>
/// <param name="Pitch">How high; null: 1.</param>
/// <param name="SampleRate">Samples a second of the sound; null: the voice's own.</param>
internal readonly record struct SpeechWish(string? Voice, string? Language, double? Rate, double? Pitch, int? SampleRate);
