using System.Text;
using System.Text.RegularExpressions;

namespace EdgeHost.TestKit.Scoring;

/// <summary>Cuts text into the tokens that sacreBLEU counts. No state.</summary>
public static partial class BleuTokeniser
{
    /// <summary>The tokeniser <c>13a</c>, that of mteval-v13a: marks are tokens of their own, but for those inside of numbers.</summary>
    public static string[] Latin(string text)
    {
        text = text.Replace("<skipped>", "", StringComparison.Ordinal).Replace("-\n", "", StringComparison.Ordinal).Replace('\n', ' ')
            .Replace("&quot;", "\"", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal).Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal);
        return Split($" {text} ");
    }

    /// <summary>The tokeniser <c>zh</c>: every Chinese character is a token, the rest as in <c>13a</c>.</summary>
    public static string[] Chinese(string text)
    {
        var spaced = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (IsChinese(rune.Value)) spaced.Append(' ').Append(rune).Append(' ');
            else spaced.Append(rune);
        }

        return Split(spaced.ToString());
    }

    private static string[] Split(string text)
    {
        text = Marks().Replace(text, " ${mark} ");
        text = AfterNoDigit().Replace(text, "${before} ${after} ");
        text = BeforeNoDigit().Replace(text, " ${before} ${after}");
        text = Dash().Replace(text, "${before} ${after} ");
        return text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    }

    private static bool IsChinese(int rune) => rune is (>= 0x3400 and <= 0x4db5) or (>= 0x4e00 and <= 0x9fbb) or (>= 0xf900 and <= 0xfad9) or (>= 0x20000 and <= 0x2fa1d)
        or (>= 0xff00 and <= 0xffef) or (>= 0x2e80 and <= 0x2fdf) or (>= 0x2ff0 and <= 0x303f) or (>= 0x3100 and <= 0x312f) or (>= 0x31a0 and <= 0x31ef) or (>= 0x3200 and <= 0x33ff)
        or (>= 0xfe10 and <= 0xfe6f) or (>= 0x2600 and <= 0x27bf);

    [GeneratedRegex(@"(?<mark>[\{-\~\[-\` -\&\(-\+\:-\@\/])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?<before>[^0-9])(?<after>[\.,])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex AfterNoDigit();

    [GeneratedRegex(@"(?<before>[\.,])(?<after>[^0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex BeforeNoDigit();

    [GeneratedRegex(@"(?<before>[0-9])(?<after>-)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Dash();
}
