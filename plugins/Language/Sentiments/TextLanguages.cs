using System.Text;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Sentiments;

/// <summary>Tells languages apart.</summary>
internal static class TextLanguages
{
    // A Chinese word has about two characters.
    private const int CharactersOfAWord = 2;

    /// <summary>Which language most of the tokens are of; English where there is neither.</summary>
    public static TextLanguage Of(IReadOnlyList<Token> tokens)
    {
        var (words, characters) = (0, 0);
        foreach (var token in tokens)
        {
            if (token.Kind == TokenKind.Character) characters++;
            else if (token.Kind == TokenKind.Word && Rune.GetRuneAt(token.Text, 0) is var first && Rune.IsLetter(first)) words++;
        }

        return characters >= words * CharactersOfAWord && characters > 0 ? TextLanguage.Chinese : TextLanguage.English;
    }
}
