using System.Globalization;
using System.Text;

namespace EdgeHost.Host.Watching;

/// <summary>Text for a terminal: what it shows must not carry control characters of others, and must fit.</summary>
internal static class Screen
{
    /// <summary>The text with anything that a terminal would act on replaced: names come from apps and plugins.</summary>
    public static string Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return string.Empty;
        if (!text.Any(char.IsControl)) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var character in text) clean.Append(char.IsControl(character) ? ' ' : character);
        return clean.ToString();
    }

    /// <summary>The text in at most this many characters.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text : width <= 1 ? text[..width] : string.Concat(text.AsSpan(0, width - 1), "…");

    /// <summary>A time in at most six characters: <c>850 µs</c>, <c>12 ms</c>, <c>3.4 s</c>, <c>12 min</c>, <c>3 h</c>.</summary>
    public static string Time(TimeSpan time) => time.TotalSeconds switch
    {
        <= 0 => "–",
        < 0.001 => Invariant($"{time.TotalMicroseconds:F0} µs"),
        < 0.01 => Invariant($"{time.TotalMilliseconds:F1} ms"),
        < 1 => Invariant($"{time.TotalMilliseconds:F0} ms"),
        < 10 => Invariant($"{time.TotalSeconds:F1} s"),
        < 120 => Invariant($"{time.TotalSeconds:F0} s"),
        < 7200 => Invariant($"{time.TotalMinutes:F0} min"),
        < 172_800 => Invariant($"{time.TotalHours:F0} h"),
        _ => Invariant($"{time.TotalDays:F0} d"),
    };

    /// <summary>A share of one as whole percent.</summary>
    public static string Percent(double share) => Invariant($"{share * 100:F0}%");

    /// <summary>A count in at most six characters: <c>999</c>, <c>12.3k</c>, <c>4.5M</c>.</summary>
    public static string Count(long count) => count switch
    {
        < 10_000 => count.ToString(CultureInfo.InvariantCulture),
        < 1_000_000 => Invariant($"{count / 1e3:F1}k"),
        < 1_000_000_000 => Invariant($"{count / 1e6:F1}M"),
        _ => Invariant($"{count / 1e9:F1}G"),
    };

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
