using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace EdgeHost.Plugins.Health.Texts;

/// <summary>The plugin's sentences for people, from one resource file a language. A sentence has its values as <c>{name}</c>. Thread-safe.</summary>
internal sealed class HealthTexts
{
    /// <summary>English.</summary>
    public const string English = "en";

    /// <summary>Chinese.</summary>
    public const string Chinese = "zh";

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _texts = Languages.ToFrozenDictionary(static language => language, Load, StringComparer.Ordinal);

    /// <summary>The languages that there are.</summary>
    public static IReadOnlyList<string> Languages { get; } = [English, Chinese];

    /// <summary>The keys of a language.</summary>
    public IEnumerable<string> KeysOf(string language) => _texts[language].Keys;

    /// <summary>The language of a call.</summary>
    /// <param name="asked">What the caller asks for, as BCP 47, or null.</param>
    /// <param name="otherwise">What is taken then.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there are no texts in it.</exception>
    public static string LanguageOf(string? asked, string otherwise)
    {
        if (asked is null) return otherwise;
        var primary = asked.Split('-')[0];
        return Languages.FirstOrDefault(language => string.Equals(language, primary, StringComparison.OrdinalIgnoreCase))
            ?? throw new EdgeHostException(ErrorCode.InvalidArgument, $"There are no texts in '{asked}'; 'language' takes {string.Join(" or ", Languages)}.");
    }

    /// <summary>A sentence, or null if there is none of the key.</summary>
    /// <param name="language">One of <see cref="Languages"/>.</param>
    /// <param name="key">Its key.</param>
    /// <param name="values">What stands for its <c>{name}</c>s.</param>
    public string? Find(string language, string key, params ReadOnlySpan<(string Name, object Value)> values)
    {
        if (!_texts[language].TryGetValue(key, out var text)) return null;
        foreach (var (name, value) in values)
            text = text.Replace($"{{{name}}}", Convert.ToString(value, CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return text;
    }

    /// <summary>A sentence.</summary>
    /// <inheritdoc cref="Find" path="/param"/>
    /// <exception cref="InvalidOperationException">There is none of the key.</exception>
    public string Get(string language, string key, params ReadOnlySpan<(string Name, object Value)> values)
        => Find(language, key, values) ?? throw new InvalidOperationException($"The texts in '{language}' have no '{key}'.");

    private static FrozenDictionary<string, string> Load(string language)
    {
        using var stream = typeof(HealthTexts).Assembly.GetManifestResourceStream($"{language}.json")
            ?? throw new InvalidOperationException($"The assembly has no texts in '{language}'.");
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.EnumerateObject().ToFrozenDictionary(static pair => pair.Name, static pair => pair.Value.GetString()!, StringComparer.Ordinal);
    }
}
