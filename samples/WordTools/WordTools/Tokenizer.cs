using System.Text;

namespace WordTools;

/// <summary>Cuts a text into words and the marks between them.</summary>
internal static class Tokenizer
{
    public static IEnumerable<TextToken> Split(string text)
    {
        var word = new StringBuilder();
        var lineFeeds = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var rune = Rune.TryGetRuneAt(text, i, out var valid) ? valid : Rune.ReplacementChar;
            i += rune.Utf16SequenceLength - 1;
            if (IsPartOfWord(rune, text, i, word.Length > 0))
            {
                lineFeeds = 0;
                var standsAlone = IsIdeographic(rune);
                if (standsAlone && word.Length > 0) yield return Take(word);
                word.Append(Rune.ToLowerInvariant(rune).ToString());
                if (standsAlone) yield return Take(word);
                continue;
            }

            if (word.Length > 0) yield return Take(word);
            if (rune.Value == '\n' && ++lineFeeds == 2) yield return new TextToken(string.Empty, TextBreak.Paragraph);
            else if (EndsSentence(rune, text, i)) yield return new TextToken(string.Empty, TextBreak.Sentence);
            else if (!Rune.IsWhiteSpace(rune)) yield return new TextToken(string.Empty, TextBreak.Phrase);
            if (!Rune.IsWhiteSpace(rune)) lineFeeds = 0;
        }

        if (word.Length > 0) yield return Take(word);
    }

    private static TextToken Take(StringBuilder word)
    {
        var text = word.ToString();
        word.Clear();
        return new TextToken(text, TextBreak.None);
    }

    // Apostrophes and hyphens inside a word, and the point or comma of a number, belong to it.
    private static bool IsPartOfWord(Rune rune, string text, int index, bool insideWord)
    {
        if (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.NonSpacingMark) return true;
        if (!insideWord || index + 1 >= text.Length) return false;
        var next = text[index + 1];
        return rune.Value switch
        {
            '\'' or '’' or '-' => char.IsLetterOrDigit(next),
            '.' or ',' => char.IsDigit(text[index - 1]) && char.IsDigit(next),
            _ => false,
        };
    }

    private static bool EndsSentence(Rune rune, string text, int index) => rune.Value switch
    {
        '。' or '！' or '？' => true,
        '.' or '!' or '?' or '…' => index + 1 >= text.Length || !char.IsLetterOrDigit(text[index + 1]),
        _ => false,
    };

    private static bool IsIdeographic(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0x20000 and <= 0x323AF);
}
