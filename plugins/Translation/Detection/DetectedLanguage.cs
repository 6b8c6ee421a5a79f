namespace EdgeHost.Plugins.Translation.Detection;

/// <summary>A language that a text may be in.</summary>
/// <param name="Language">The language, as <see cref="Models.LanguageCode"/>.</param>
/// <param name="Confidence">How likely it is, 0 to 1.</param>
internal readonly record struct DetectedLanguage(string Language, double Confidence);
