using System.Text;
using System.Text.RegularExpressions;

namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>Finds what in a sentence must come through as it is: addresses, code, numbers with their units, pictures, words of another writing. No state.</summary>
internal static partial class LiteralFinder
{
    // Nobody's word is longer, and no model has learned one.
    private const int LongestWord = 60;

    /// <summary>Finds.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="isOwn">Whether a character is one that the model reads, of the writing of the sentence's language.</param>
    /// <param name="allNumbers">Whether plain numbers count as well.</param>
    /// <returns>Where they are, in order, none within another one.</returns>
    public static List<(int Start, int Length)> Find(string sentence, Func<Rune, bool> isOwn, bool allNumbers)
    {
        var found = new List<(int Start, int Length)>();
        foreach (var match in Marked().EnumerateMatches(sentence)) found.Add((match.Index, match.Length));
        if (allNumbers) AddFree(found, Numbers().EnumerateMatches(sentence));
        AddUnknown(found, sentence, isOwn);
        found.Sort();
        return found;
    }

    /// <summary>The numbers of a text as their digits are written.</summary>
    public static IEnumerable<string> NumbersOf(string text)
    {
        foreach (Match match in Numbers().Matches(text)) yield return match.Value;
    }

    /// <summary>A text without addresses, code and numbers, to tell its language by.</summary>
    public static string WithoutMarked(string text) => Numbers().Replace(Marked().Replace(text, " "), " ");

    // Words with a character that the model does not know and that is no mark; pictures on their own; words without end.
    private static void AddUnknown(List<(int Start, int Length)> found, string sentence, Func<Rune, bool> isOwn)
    {
        var marked = found.Count;
        for (var at = 0; at < sentence.Length;)
        {
            var inside = found.FindIndex(0, marked, range => range.Start <= at && at < range.Start + range.Length);
            if (inside >= 0)
            {
                at = found[inside].Start + found[inside].Length;
                continue;
            }

            var end = EndOfWord(sentence, at, found, marked, isOwn, out var isLiteral);
            if (isLiteral) found.Add((at, end - at));
            at = Math.Max(end, at + 1);
        }
    }

    // A run of one sort: a Chinese character of a Chinese text, several of another one, pictures, or a word.
    private static int EndOfWord(string sentence, int start, List<(int Start, int Length)> found, int marked, Func<Rune, bool> isOwn, out bool isLiteral)
    {
        isLiteral = false;
        var (at, hasUnknown, isPicture) = (start, false, false);
        while (at < sentence.Length && Rune.TryGetRuneAt(sentence, at, out var rune))
        {
            if (Rune.IsWhiteSpace(rune) || (at > start && found.FindIndex(0, marked, range => range.Start == at) >= 0)) break;
            var picture = Characters.IsPicture(rune) && !isOwn(rune);
            if (at > start && picture != isPicture) break;
            isPicture = picture;
            var isForeign = Rune.IsLetter(rune) && !isOwn(rune);
            if (!picture && Characters.IsHan(sentence[at]) != Characters.IsHan(sentence[start])) break;
            if (!picture && Characters.IsHan(sentence[at]) && !isForeign)
            {
                if (at == start) at += rune.Utf16SequenceLength;
                break;
            }

            hasUnknown |= isForeign;
            at += rune.Utf16SequenceLength;
        }

        isLiteral = at > start && (isPicture || hasUnknown || at - start > LongestWord);
        return at;
    }

    private static void AddFree(List<(int Start, int Length)> found, Regex.ValueMatchEnumerator matches)
    {
        var marked = found.Count;
        foreach (var match in matches)
        {
            var isFree = true;
            for (var i = 0; i < marked && isFree; i++) isFree = match.Index >= found[i].Start + found[i].Length || match.Index + match.Length <= found[i].Start;
            if (isFree) found.Add((match.Index, match.Length));
        }
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
}
