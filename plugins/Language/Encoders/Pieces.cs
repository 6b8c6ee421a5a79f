using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Encoders;

/// <summary>
/// What the encoders see of a token besides itself: the two that end with it, the three, and the four in scripts without spaces or the
/// beginning of the word in others.
/// </summary>
internal static class Pieces
{
    /// <summary>Pieces of a token.</summary>
    public const int Count = 3;

    private const int BeginningLength = 5;
    private const char Start = '^';
    private const char Separator = '\u0001';

    /// <summary>The fingerprint of a token itself.</summary>
    public static uint Word(Token token)
    {
        var print = new Fingerprint('w');
        print.Add(token.Text);
        return print.Value;
    }

    /// <summary>The fingerprint of a piece.</summary>
    /// <param name="tokens">The text's tokens.</param>
    /// <param name="position">Which token.</param>
    /// <param name="piece">Which piece, 0 to <see cref="Count"/> - 1.</param>
    /// <returns>Null where there is none.</returns>
    public static uint? Of(IReadOnlyList<Token> tokens, int position, int piece)
    {
        switch (piece)
        {
            case 0: return Row('b', tokens, position - 1, position);
            case 1: return position >= 1 ? Row('c', tokens, position - 2, position) : null;
        }

        var token = tokens[position];
        if (token.Kind == TokenKind.Character) return position >= 3 ? Row('d', tokens, position - 3, position) : null;
        if (token.Kind == TokenKind.Symbol) return null;
        var print = new Fingerprint('p');
        print.Add(token.Text.AsSpan(0, Math.Min(BeginningLength, token.Text.Length)));
        return print.Value;
    }

    private static uint Row(char kind, IReadOnlyList<Token> tokens, int first, int last)
    {
        var print = new Fingerprint(kind);
        for (var i = first; i <= last; i++)
        {
            if (i < 0) print.Add(Start);
            else print.Add(tokens[i].Text);
            if (i < last) print.Add(Separator);
        }

        return print.Value;
    }
}
