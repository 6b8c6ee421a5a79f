namespace EdgeHost.Plugins.Translation.Models;

/// <summary>Names of languages in one form: the primary subtag of BCP 47 in lower case, two letters where there are such. No state.</summary>
internal static class LanguageCode
{
    /// <summary>The language that cannot be told.</summary>
    public const string Undetermined = "und";

    // Three letters, as model makers like to write them, and other names of the same.
    private static readonly Dictionary<string, string> Others = new(StringComparer.Ordinal)
    {
        ["eng"] = "en", ["zho"] = "zh", ["chi"] = "zh", ["cmn"] = "zh", ["fra"] = "fr", ["fre"] = "fr", ["deu"] = "de", ["ger"] = "de", ["spa"] = "es", ["ita"] = "it", ["por"] = "pt",
        ["nld"] = "nl", ["dut"] = "nl", ["rus"] = "ru", ["jpn"] = "ja", ["jap"] = "ja", ["kor"] = "ko", ["ara"] = "ar", ["hin"] = "hi", ["tur"] = "tr", ["pol"] = "pl", ["ces"] = "cs", ["cze"] = "cs",
        ["swe"] = "sv", ["dan"] = "da", ["fin"] = "fi", ["nor"] = "no", ["nob"] = "no", ["nb"] = "no", ["ell"] = "el", ["gre"] = "el", ["heb"] = "he", ["iw"] = "he", ["hun"] = "hu", ["ron"] = "ro",
        ["rum"] = "ro", ["ukr"] = "uk", ["vie"] = "vi", ["ind"] = "id", ["tha"] = "th", ["bul"] = "bg", ["cat"] = "ca",
    };

    /// <summary>The name in that form; a text that is no name of a language at all comes back empty.</summary>
    public static string Of(string? language)
    {
        var primary = (language ?? string.Empty).Trim().Split('-', '_')[0].ToLowerInvariant();
        if (primary.Length is < 2 or > 8 || !primary.All(char.IsAsciiLetterLower)) return string.Empty;
        return Others.GetValueOrDefault(primary, primary);
    }

    /// <summary>Whether words of it have no blanks between them.</summary>
    public static bool IsUnspaced(string language) => language is "zh" or "ja" or "th" or "yue" or "lo" or "km" or "my";

    /// <summary>Whether it is written with the full-width marks of Chinese.</summary>
    public static bool IsFullWidth(string language) => language is "zh" or "ja" or "yue";
}
