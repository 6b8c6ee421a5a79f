using System.Globalization;
using System.Text;

namespace EdgeHost.Plugins.Language.Tokens;

/// <summary>
/// Cuts a text into tokens, so that the same words give the same tokens whether they were typed by a person, tokenised by a corpus
/// (<c>does n't</c>, <c>-lrb-</c>), written in full width or shouted. Names of people (<c>@name</c>) and addresses are left out: they say who
/// speaks of what, not how. Thread-safe.
/// </summary>
internal static class Tokeniser
{
    /// <summary>Longest token in characters; what goes on beyond is left out.</summary>
    public const int MaxTokenLength = 32;

    // Marks of one kind in a row say no more after the second.
    private const int MostRepeats = 2;

    /// <summary>Cuts a text. Takes time in proportion to its length, whatever it holds.</summary>
    /// <param name="text">Any text, also with lone surrogates.</param>
    /// <param name="maxTokens">How many tokens are made at most.</param>
    /// <returns>The tokens and whether the text went on.</returns>
    public static (List<Token> Tokens, bool IsCut) Cut(string text, int maxTokens)
    {
        var tokens = new List<Token>(Math.Min(maxTokens, text.Length));
        var word = new StringBuilder(MaxTokenLength);
        var position = 0;
        while (position < text.Length && tokens.Count < maxTokens)
        {
            if (Skipped(text, position) is var skipped and > 0) position += skipped;
            else if (Emoticons.Match(text.AsSpan(position)) is { } emoticon && !IsInWord(text, position))
            {
                Add(tokens, new Token(emoticon.Token, TokenKind.Symbol));
                position += emoticon.Length;
            }
            else position += Read(text, position, word, tokens);
        }

        var isCut = position < text.Length || tokens.Count > maxTokens;
        if (tokens.Count > maxTokens) tokens.RemoveRange(maxTokens, tokens.Count - maxTokens);
        return (tokens, isCut);
    }

    // One rune, or the word that begins with it.
    private static int Read(string text, int position, StringBuilder word, List<Token> tokens)
    {
        if (!Rune.TryGetRuneAt(text, position, out var rune)) return 1;
        rune = Fold(rune);
        if (Scripts.IsUnspaced(rune))
        {
            Add(tokens, new Token(rune.ToString(), TokenKind.Character));
            return LengthAt(text, position);
        }

        if (IsWordRune(rune)) return ReadWord(text, position, word, tokens);
        // Quotation marks and apostrophes say little, and corpora set them in all ways.
        if (rune.Value is not ('\'' or '"') && !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.Surrogate))
        {
            Add(tokens, new Token(rune.ToString(), TokenKind.Symbol));
        }

        return LengthAt(text, position);
    }

    private static int ReadWord(string text, int position, StringBuilder word, List<Token> tokens)
    {
        word.Clear();
        var start = position;
        var isNumber = true;
        while (position < text.Length && Rune.TryGetRuneAt(text, position, out var rune))
        {
            rune = Fold(rune);
            var isLetter = IsWordRune(rune) && !Scripts.IsUnspaced(rune);
            if (!isLetter && !(IsInnerMark(rune) && word.Length > 0 && IsWordAt(text, position + 1))) break;
            if (word.Length + rune.Utf16SequenceLength <= MaxTokenLength && !IsThird(word, rune)) word.Append(rune.ToString());
            isNumber &= Rune.IsDigit(rune) || rune.Value is '.' or ',';
            position += LengthAt(text, position);
        }

        Words.Add(word, isNumber, tokens);
        return position - start;
    }

    // How many characters at this place say nothing: a name, an address, an entity.
    private static int Skipped(string text, int position)
    {
        var rest = text.AsSpan(position);
        switch (rest[0])
        {
            case '@' or '＠':
                var length = 1;
                while (length < rest.Length && length < 64 && (char.IsLetterOrDigit(rest[length]) || rest[length] is '_' or '-') && !Scripts.IsUnspaced(rest[length])) length++;
                return length > 1 ? length : 0;
            case 'h' or 'H' or 'w' or 'W' when !IsInWord(text, position) && IsAddress(rest):
                var end = 0;
                while (end < rest.Length && rest[end] is > ' ' and < '\u007f') end++;
                return end;
            case '&' when rest.StartsWith("&amp;", StringComparison.Ordinal): return 5;
            case '&' when rest.StartsWith("&lt;", StringComparison.Ordinal) || rest.StartsWith("&gt;", StringComparison.Ordinal): return 4;
            case '#' or '＃': return 1;
            case '-' when rest.StartsWith("-lrb-", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("-rrb-", StringComparison.OrdinalIgnoreCase): return 5;
            default: return 0;
        }
    }

    private static bool IsAddress(ReadOnlySpan<char> rest)
        => rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase);

    // More than two of a letter in a row are two: sooooo, soo.
    private static bool IsThird(StringBuilder word, Rune rune)
        => rune.IsBmp && word.Length >= 2 && word[^1] == rune.Value && word[^2] == rune.Value && !Rune.IsDigit(rune);

    private static bool IsInnerMark(Rune rune) => rune.Value is '\'' or '.' or ',';

    private static bool IsWordAt(string text, int position)
        => position < text.Length && Rune.TryGetRuneAt(text, position, out var rune) && IsWordRune(Fold(rune)) && !Scripts.IsUnspaced(rune);

    private static bool IsInWord(string text, int position) => position > 0 && char.IsLetterOrDigit(text[position - 1]) && !Scripts.IsUnspaced(text[position - 1]);

    private static bool IsWordRune(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.SpacingCombiningMark;

    private static int LengthAt(string text, int position) => Rune.TryGetRuneAt(text, position, out var rune) ? rune.Utf16SequenceLength : 1;

    // Lower case, half width, plain quotation marks.
    private static Rune Fold(Rune rune) => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => Rune.ToLowerInvariant(new Rune(rune.Value - 0xFEE0)),
        '’' or '‘' or '`' or '´' => new Rune('\''),
        '“' or '”' => new Rune('"'),
        '。' => new Rune('.'),
        '、' => new Rune(','),
        _ => Rune.ToLowerInvariant(rune),
    };

    private static void Add(List<Token> tokens, Token token)
    {
        for (var i = 1; i <= MostRepeats; i++)
        {
            if (tokens.Count < i || tokens[^i] != token)
            {
                tokens.Add(token);
                return;
            }
        }
    }
}
