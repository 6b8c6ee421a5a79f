namespace EdgeHost.Plugins.Text.Sentences;

/// <summary>
/// Cuts a text into sentences: at the marks that end a sentence (of Latin, Chinese and Japanese, Arabic, Indian writing) and at empty lines, not after
/// abbreviations, initials, and in numbers; longer ones at a comma, else at white space. Everything but white space is in exactly one piece, in order. No state.
/// </summary>
public static class SentenceSplitter
{
    private const string Stops = ".!?…";
    private const string FreeStops = "。！？｡।॥؟۔";
    private const string Closers = "\"'”’»)]}」』）】》〉";
    private const string Openers = "\"'“‘«([{「『（【《〈¿¡";
    private const string Commas = ",;:—–、，；：،؛";

    // What is looked at beyond the longest piece, so that a long text takes time by its length only.
    private const int LookAhead = 64;

    /// <summary>Cuts a whole text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">Most characters a piece has; ≥ 2.</param>
    public static IEnumerable<Sentence> Split(string text, int longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 2);
        for (var at = 0; Next(text, at, longest, isComplete: true) is { } sentence; at = sentence.Start + sentence.Length) yield return sentence;
    }

    /// <summary>Finds the next sentence.</summary>
    /// <param name="text">The text, or what is there of it.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="longest">Most characters a piece has; ≥ 2.</param>
    /// <param name="isComplete">Whether no more text follows. If some may, a sentence is given only when what follows it has begun.</param>
    /// <returns>The sentence, or null: only white space is left, or the sentence may go on.</returns>
    public static Sentence? Next(ReadOnlySpan<char> text, int from, int longest, bool isComplete)
    {
        while (from < text.Length && char.IsWhiteSpace(text[from])) from++;
        if (from == text.Length) return null;
        var rest = text[from..];
        var end = EndOf(rest[..Math.Min(rest.Length, longest + LookAhead)]);
        if (end < 0 && !isComplete && rest.Length <= longest + LookAhead) return null;
        if (end < 0) end = rest.Length;
        if (end > longest) end = Cut(rest[..longest], rest[longest]);
        while (char.IsWhiteSpace(rest[end - 1])) end--;
        return new Sentence(from, end);
    }

    // The end of the first sentence, or -1: none that is certain.
    private static int EndOf(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' && IsEmptyLine(text[(i + 1)..])) return i;
            var isFree = FreeStops.Contains(text[i]);
            if (!isFree && !Stops.Contains(text[i])) continue;
            var end = AfterMarks(text, i);
            if (end == text.Length) return -1;

            // Where words have no space between them, a sentence has none after it.
            if (isFree) return end;
            if (!char.IsWhiteSpace(text[end]))
            {
                i = end - 1;
                continue;
            }

            var next = NextLetter(text[end..]);
            if (next == '\0') return -1;
            if (!GoesOn(text, i, end, next)) return end;
            i = end - 1;
        }

        return -1;
    }

    private static bool GoesOn(ReadOnlySpan<char> text, int mark, int end, char next)
    {
        if (char.IsLower(next) && !HasEmptyLine(text[end..])) return true;
        if (text[mark] != '.' || end != mark + 1) return false;
        var word = mark;
        while (word > 0 && !char.IsWhiteSpace(text[word - 1]) && !Openers.Contains(text[word - 1])) word--;

        // "3. Then": the number of a list or a day, where nothing came before it.
        if (word == 0 && mark > 0 && text[..mark].IndexOfAnyExceptInRange('0', '9') < 0) return true;
        return Abbreviations.KeepsStop(text[word..mark], next) && !HasEmptyLine(text[end..]);
    }

    private static int AfterMarks(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (Stops.Contains(text[at]) || FreeStops.Contains(text[at]))) at++;
        while (at < text.Length && Closers.Contains(text[at])) at++;
        return at;
    }

    private static char NextLetter(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsWhiteSpace(character) && !Openers.Contains(character)) return character;
        }

        return '\0';
    }

    private static bool IsEmptyLine(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character == '\n') return true;
            if (!char.IsWhiteSpace(character)) return false;
        }

        return false;
    }

    private static bool HasEmptyLine(ReadOnlySpan<char> text)
    {
        var line = text.IndexOf('\n');
        return line >= 0 && text[..line].IsWhiteSpace() && IsEmptyLine(text[(line + 1)..]);
    }

    // In the later half, so that pieces do not become crumbs.
    private static int Cut(ReadOnlySpan<char> piece, char next)
    {
        for (var i = piece.Length - 2; i >= piece.Length / 2; i--)
        {
            if (Commas.Contains(piece[i]) && (char.IsWhiteSpace(piece[i + 1]) || piece[i] > '\u2fff')) return i + 1;
        }

        for (var i = piece.Length - 1; i >= piece.Length / 2; i--)
        {
            if (char.IsWhiteSpace(piece[i])) return i;
        }

        // A character of two halves stays whole, and a mark stays with its letter.
        var end = piece.Length;
        if (char.IsHighSurrogate(piece[end - 1]) && char.IsLowSurrogate(next)) return end - 1;
        var marks = end;
        while (marks > piece.Length / 2 && IsMark(marks == piece.Length ? next : piece[marks])) marks--;
        return marks > piece.Length / 2 ? marks : end;
    }

    private static bool IsMark(char character) => character is '\u200d' or '\ufe0f'
        || char.GetUnicodeCategory(character) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark;
}
