namespace EdgeHost.Capabilities.Translation;

/// <summary>Names of the translation methods.</summary>
public static class TranslationMethods
{
    /// <summary><see cref="TranslateRequest"/> to <see cref="TranslateResponse"/>.</summary>
    public const string Translate = "translation.translate";

    /// <summary><see cref="TranslateStreamRequest"/> to items of <see cref="TranslatedSentence"/>, then <see cref="TranslateStreamResponse"/>.</summary>
    public const string TranslateStream = "translation.translate_stream";

    /// <summary><see cref="DetectLanguageRequest"/> to <see cref="DetectLanguageResponse"/>.</summary>
    public const string DetectLanguage = "translation.detect_language";

    /// <summary><see cref="LanguagesRequest"/> to <see cref="LanguagesResponse"/>.</summary>
    public const string Languages = "translation.languages";
}
