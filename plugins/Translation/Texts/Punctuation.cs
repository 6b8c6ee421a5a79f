using System.Buffers;
using System.Text;

namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>
/// The marks of a language. The normaliser of SentencePiece (nmt_nfkc) makes full-width marks half-width ones, so a model cannot write them. No state.
/// </summary>
internal static class Punctuation
{
    private const string Half = ",?!:;";
    private const string Full = "，？！：；";
    private static readonly SearchValues<char> FullMarks = SearchValues.Create("，、？！：；（）。");
    private const string Closers = "”’」』）】》\"'";

    /// <summary>Makes marks full-width that stand after Chinese or a closing mark, unless a digit follows.</summary>
    public static string ToFullWidth(string text)
    {
        StringBuilder? changed = null;
        for (var i = 1; i < text.Length; i++)
        {
            var mark = Half.IndexOf(text[i], StringComparison.Ordinal);
            if (mark < 0 || !IsAfterChinese(text, i) || (i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]))) continue;
            changed ??= new StringBuilder(text);
            changed[i] = Full[mark];
        }

        return changed?.ToString() ?? text;
    }

    /// <summary>Makes marks half-width, with a blank after them where a word follows.</summary>
    public static string ToHalfWidth(string text)
    {
        if (!text.AsSpan().ContainsAny(FullMarks)) return text;
        var changed = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var half = HalfOf(text[i]);
            if (half == '(' && changed.Length > 0 && changed[^1] != ' ') changed.Append(' ');
            changed.Append(half ?? text[i]);
            if (half is not null and not '(' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1])) changed.Append(' ');
        }

        return changed.ToString();
    }

    private static char? HalfOf(char mark) => mark switch
    {
        '，' or '、' => ',',
        '？' => '?',
        '！' => '!',
        '：' => ':',
        '；' => ';',
        '（' => '(',
        '）' => ')',
        '。' => '.',
        _ => null,
    };

    // The quotation mark itself may be after Chinese or not: a closing one counts by itself.
    private static bool IsAfterChinese(string text, int at)
        => Characters.IsHan(text[at - 1]) || Characters.IsFullWidthMark(text[at - 1]) || (Closers.Contains(text[at - 1], StringComparison.Ordinal) && at > 1 && (Characters.IsHan(text[at - 2]) || Characters.IsFullWidthMark(text[at - 2])));
}
