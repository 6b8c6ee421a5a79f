using System.Globalization;

namespace EdgeHost.Plugins.Recommendation.Settings;

/// <summary>Reads settings under <c>recommendation:</c>; what is given for a catalogue, under <c>recommendation:catalogs:NAME:</c>, wins over what is given for all. Immutable.</summary>
/// <param name="settings">All settings of the plugin.</param>
/// <param name="catalog">The catalogue; null for what holds for all.</param>
internal sealed class SettingReader(IReadOnlyDictionary<string, string> settings, string? catalog = null)
{
    private const string Section = "recommendation:";
    private const string Catalogs = $"{Section}catalogs:";

    private readonly string[] _sections = catalog is null ? [Section] : [Section, $"{Catalogs}{catalog}:"];

    /// <summary>The catalogues for which something is given.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a key names none.</exception>
    public static IReadOnlyList<string> CatalogsOf(IReadOnlyDictionary<string, string> settings)
        => [.. settings.Keys.Where(static key => key.StartsWith(Catalogs, StringComparison.Ordinal)).Select(NameOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A whole number.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is none, or out of its range.</exception>
    public int Integer(string key, int least, int most, int otherwise)
    {
        if (Find(key) is not var (full, text)) return otherwise;
        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most) return value;
        throw Wrong(full, text, $"a whole number from {least} to {most}");
    }

    /// <summary>A number.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is none, or out of its range.</exception>
    public double Number(string key, double least, double most, double otherwise)
        => Find(key) is var (full, text) ? Number(full, text, text, least, most) : otherwise;

    /// <summary>A text of 1 to some characters; null where none is given.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is empty, or longer.</exception>
    public string? Text(string key, int longest)
    {
        if (Find(key) is not var (full, text)) return null;
        return text.Length > 0 && text.Length <= longest ? text : throw Wrong(full, text, $"a text of 1 to {longest} characters, or be left out");
    }

    /// <summary>One of some words.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: it is none of them.</exception>
    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices, T otherwise)
    {
        if (Find(key) is not var (full, text)) return otherwise;
        return choices.TryGetValue(text, out var value) ? value : throw Wrong(full, text, string.Join(", ", choices.Keys.Order(StringComparer.Ordinal)));
    }

    /// <summary>All that is given below a key, by what follows it; the catalogue's after that of all, so that the last of a name counts.</summary>
    public IEnumerable<(string Key, string Name, string Text)> Below(string key)
        => _sections.Select(section => $"{section}{key}:")
            .SelectMany(prefix => settings.Where(x => x.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(x => (x.Key, x.Key[prefix.Length..], x.Value)));

    /// <summary>Reads a number of a text.</summary>
    public static double Number(string key, string whole, string text, double least, double most)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Wrong(key, whole, FormattableString.Invariant($"a number from {least} to {most}"));

    /// <summary>A setting is wrong.</summary>
    public static EdgeHostException Wrong(string key, string text, string wanted) => new(ErrorCode.FailedPrecondition, $"The setting '{key}' must be {wanted}; it is '{text}'.");

    private (string Key, string Text)? Find(string key)
    {
        foreach (var section in _sections.Reverse())
        {
            if (settings.TryGetValue(section + key, out var text)) return (section + key, text);
        }

        return null;
    }

    private static string NameOf(string key)
    {
        var end = key.IndexOf(':', Catalogs.Length);
        return end > Catalogs.Length ? key[Catalogs.Length..end] : throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The setting '{key}' names no catalogue and setting; write '{Catalogs}NAME:SETTING'.");
    }
}
