using System.Globalization;

namespace EdgeHost.Plugins.Translation;

/// <summary>Limits of the translation. Each is a setting of the plugin under <c>translation:</c>. Immutable.</summary>
internal sealed class TranslationOptions
{
    private const string Section = "translation:";

    /// <summary>Most characters (UTF-16) of the texts of a call: 1 to 10,000,000, default 100,000.</summary>
    public int MaxCharacters { get; init; } = 100_000;

    /// <summary>Most characters of a text whose sentences are streamed: 1 to 100,000,000, default 1,000,000.</summary>
    public int MaxStreamCharacters { get; init; } = 1_000_000;

    /// <summary>Most characters of a sentence; a longer one is cut at a comma or white space: 20 to 2,000, default 300.</summary>
    public int MaxSentenceCharacters { get; init; } = 300;

    /// <summary>Most texts of a call: 1 to 100,000, default 1,000.</summary>
    public int MaxTexts { get; init; } = 1_000;

    /// <summary>Most terms of a call: 1 to 100,000, default 1,000.</summary>
    public int MaxTerms { get; init; } = 1_000;

    /// <summary>Characters at the beginning of a text by which its language is told: 20 to 100,000, default 1,000.</summary>
    public int DetectionCharacters { get; init; } = 1_000;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static TranslationOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new TranslationOptions();
        return new TranslationOptions
        {
            MaxCharacters = Read(settings, "max_characters", 1, 10_000_000, defaults.MaxCharacters),
            MaxStreamCharacters = Read(settings, "max_stream_characters", 1, 100_000_000, defaults.MaxStreamCharacters),
            MaxSentenceCharacters = Read(settings, "max_sentence_characters", 20, 2_000, defaults.MaxSentenceCharacters),
            MaxTexts = Read(settings, "max_texts", 1, 100_000, defaults.MaxTexts),
            MaxTerms = Read(settings, "max_terms", 1, 100_000, defaults.MaxTerms),
            DetectionCharacters = Read(settings, "detection_characters", 20, 100_000, defaults.DetectionCharacters),
        };
    }

    private static int Read(IReadOnlyDictionary<string, string> settings, string key, int least, int most, int otherwise)
    {
        if (!settings.TryGetValue(Section + key, out var text)) return otherwise;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{Section}{key}' must be a whole number from {least} to {most}; it is '{text}'.");
    }
}
