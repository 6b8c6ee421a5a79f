using System.Globalization;

namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>Limits of the analysis. Each is a setting of the plugin under <c>sentiment:</c>.</summary>
internal sealed class SentimentOptions
{
    /// <summary>Longest text in characters (UTF-16): 1 to 100,000, default 4,000. A longer one is refused.</summary>
    public int MaxCharacters { get; init; } = 4_000;

    /// <summary>Reads the settings.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a value is out of its range.</exception>
    public static SentimentOptions FromSettings(IReadOnlyDictionary<string, string> settings)
    {
        const string Key = "sentiment:max_characters";
        if (!settings.TryGetValue(Key, out var text)) return new SentimentOptions();
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value is >= 1 and <= 100_000) return new SentimentOptions { MaxCharacters = value };
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{Key}' must be a whole number from 1 to 100000; it is '{text}'.");
    }
}
