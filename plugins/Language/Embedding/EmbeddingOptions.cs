using System.Globalization;

namespace EdgeHost.Plugins.Language.Embedding;

/// <summary>Limits of vectors of texts. Each is a setting of the plugin under <c>embedding:</c>. Immutable.</summary>
internal sealed record EmbeddingOptions
{
    /// <summary>Texts of a call: 1 to 100,000, default 1,024.</summary>
    public int MaxTexts { get; init; } = 1_024;

    /// <summary>Characters of a text (UTF-16): 1 to 100,000,000, default 1,000,000. What is longer than the model reads is cut.</summary>
    public int MaxCharacters { get; init; } = 1_000_000;

    /// <summary>Texts of a step: 1 to 256, default 16.</summary>
    public int MaxBatch { get; init; } = 16;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static EmbeddingOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        var defaults = new EmbeddingOptions();
        return new EmbeddingOptions
        {
            MaxTexts = Read(settings, "max_texts", 100_000, defaults.MaxTexts),
            MaxCharacters = Read(settings, "max_characters", 100_000_000, defaults.MaxCharacters),
            MaxBatch = Read(settings, "max_batch", 256, defaults.MaxBatch),
        };
    }

    private static int Read(IReadOnlyDictionary<string, string> settings, string name, int most, int fallback)
    {
        var key = $"embedding:{name}";
        if (!settings.TryGetValue(key, out var text)) return fallback;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= 1 && value <= most) return value;
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{key}' must be a whole number from 1 to {most}; it is '{text}'.");
    }
}
