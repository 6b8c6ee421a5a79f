using System.Text;
using System.Text.RegularExpressions;

namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>Finds what in a sentence must come through as it is: addresses, code, numbers with their units, pictures, words that the model cannot read. No state.</summary>
internal static partial class LiteralFinder
{
    // Nobody's word is longer, and no model has learned one.
    private const int LongestWord = 60;

    /// <summary>Finds what no model can be asked about.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="knows">Whether the model has a piece for a character.</param>
    /// <param name="more">Further ranges that count, as <see cref="FindStrictly"/> gives them.</param>
    /// <returns>Where they are, in order, none within another one.</returns>
    public static List<(int Start, int Length)> Find(string sentence, Func<Rune, bool> knows, IReadOnlyList<(int Start, int Length)> more)
    {
        var found = new List<(int Start, int Length)>();
        foreach (var match in Marked().EnumerateMatches(sentence)) found.Add((match.Index, match.Length));
        var marked = found.Count;
        foreach (var range in more)
        {
            if (found.FindIndex(0, marked, other => range.Start < other.Start + other.Length && other.Start < range.Start + range.Length) < 0) found.Add(range);
        }

        found.Sort();
        AddUnknown(found, sentence, knows);
        found.Sort();
        return found;
    }

    /// <summary>Finds what a model can be asked about, and whose answer must have it: plain numbers, and words of another writing.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="isHan">Whether its language is written with Chinese characters.</param>
    public static List<(int Start, int Length)> FindStrictly(string sentence, bool isHan)
    {
        var found = new List<(int Start, int Length)>();
        foreach (var match in (isHan ? NumbersAndLatin() : NumbersAndHan()).EnumerateMatches(sentence)) found.Add((match.Index, match.Length));
        return found;
    }

    /// <summary>The numbers of a text as their digits are written.</summary>
    public static IEnumerable<string> NumbersOf(string text)
    {
        foreach (Match match in Numbers().Matches(text)) yield return match.Value;
    }

    /// <summary>A text without addresses, code and numbers, to tell its language by.</summary>
    public static string WithoutMarked(string text) => Numbers().Replace(Marked().Replace(text, " "), " ");

    // Words with a letter that the model does not know; pictures on their own; words without end.
    private static void AddUnknown(List<(int Start, int Length)> found, string sentence, Func<Rune, bool> knows)
    {
        var (marked, next) = (found.Count, 0);
        for (var at = 0; at < sentence.Length;)
        {
            if (next < marked && found[next].Start == at)
            {
                at += found[next++].Length;
                continue;
            }

            var end = EndOfRun(sentence, at, next < marked ? found[next].Start : sentence.Length, knows, out var isLiteral);
            if (isLiteral) found.Add((at, end - at));
            at = Math.Max(end, at + 1);
        }
    }

    // A run of one sort: a Chinese character that is known, several of which one is not, pictures, or a word.
    private static int EndOfRun(string sentence, int start, int limit, Func<Rune, bool> knows, out bool isLiteral)
    {
        var (at, hasUnknown, isPicture, isHan) = (start, false, false, Characters.IsHan(sentence[start]));
        while (at < limit && Rune.TryGetRuneAt(sentence, at, out var rune) && !Rune.IsWhiteSpace(rune))
        {
            var picture = !rune.IsAscii && Characters.IsPicture(rune) && !knows(rune);
            if (at > start && (picture != isPicture || Characters.IsHan(sentence[at]) != isHan)) break;
            isPicture = picture;
            var isUnknown = !picture && Rune.IsLetter(rune) && !knows(rune);
            if (isHan && !picture && !isUnknown)
            {
                if (at == start) at += rune.Utf16SequenceLength;
                break;
            }

            hasUnknown |= isUnknown;
            at += rune.Utf16SequenceLength;
        }

        isLiteral = at > start && (isPicture || hasUnknown || at - start > LongestWord);
        return at;
    }

    [GeneratedRegex(
        """
        (?: https?:// | ftp:// | www\. ) [^\s<>"“”「」，。！？；（）【】]* [^\s<>"“”「」，。！？；（）【】.,;:!?'’)\]}]
        | [\w.+-]+ @ [\w-]+ (?: \. [\w-]+ )+
        | (?<![\w.]) (?: [a-z0-9-]+ \. )+ (?: com | org | net | edu | gov | io | dev | info | cn | fr | de | uk ) (?![\w-]) (?: / [^\s<>"“”，。！？；]* [\w/] )?
        | `[^`\n]+`
        | \$? \{ \{? [^{}\s]{0,60} \}? \}
        | % (?: \d+ \$ )? [sdif] (?!\w)
        | </? [a-zA-Z] [^<>]{0,200} >
        | [$€£¥] \s? \d+ (?: [.,]\d+ )*
        | \d+ (?: [.,:/-]\d+ )* \s? (?: % | ‰ | °\s?[CF] | ° | (?: km/h | m/s | kg | mg | µg | g | km | cm | mm | nm | ml | cl | dl | l | L | kWh | kW | MW | W | V | mA | Ah | GHz | MHz | kHz | Hz | GB | MB | KB | kB | TB | dB | mph | lbs? | oz | ft | USD | EUR | CNY | RMB ) (?![\w]) )
        | \d+ (?: [.,:/-]\d+ )+
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 2000)]
    private static partial Regex Marked();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"\d+|[A-Za-z]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex NumbersAndLatin();

    [GeneratedRegex(@"\d+|[\u3040-\u30FF\u3400-\u9FFF]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex NumbersAndHan();
}
