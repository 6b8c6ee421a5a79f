using System.Text;

namespace EdgeHost.Plugins.Language.Tokens;

/// <summary>Takes what is written as one word apart where it is several: <c>doesn't</c> is <c>does not</c>.</summary>
internal static class Words
{
    private const string Not = "not";

    // Not written apart, or without their mark.
    private static readonly Dictionary<string, string> Negations = new(StringComparer.Ordinal)
    {
        ["cannot"] = "can", ["dont"] = "do", ["doesnt"] = "does", ["didnt"] = "did", ["isnt"] = "is", ["wasnt"] = "was", ["arent"] = "are", ["werent"] = "were",
        ["havent"] = "have", ["hasnt"] = "has", ["hadnt"] = "had", ["wouldnt"] = "would", ["couldnt"] = "could", ["shouldnt"] = "should", ["cant"] = "can", ["wont"] = "will",
    };

    /// <summary>Adds the tokens of a word.</summary>
    /// <param name="word">Lower case, with its inner marks; used up.</param>
    /// <param name="isNumber">Whether it is digits and their marks only.</param>
    /// <param name="tokens">Where they go.</param>
    public static void Add(StringBuilder word, bool isNumber, List<Token> tokens)
    {
        if (isNumber)
        {
            tokens.Add(new Token("0", TokenKind.Word));
            return;
        }

        var text = word.ToString();
        // A corpus's "does n't" comes as "n't"; a person's "doesn't" as one word.
        if (text == "n't")
        {
            Mend(tokens);
            tokens.Add(new Token(Not, TokenKind.Word));
        }
        else if (text.EndsWith("n't", StringComparison.Ordinal))
        {
            tokens.Add(new Token(text[..^3], TokenKind.Word));
            Mend(tokens);
            tokens.Add(new Token(Not, TokenKind.Word));
        }
        else if (Negations.TryGetValue(text, out var verb))
        {
            tokens.Add(new Token(verb, TokenKind.Word));
            tokens.Add(new Token(Not, TokenKind.Word));
        }
        else Split(text, tokens);
    }

    // it's, we'll: the word, and what hangs on it. Other inner marks part words: 3.5/5, end.Next.
    private static void Split(string text, List<Token> tokens)
    {
        foreach (var part in text.Split(['.', ',', '\''], StringSplitOptions.RemoveEmptyEntries)) tokens.Add(new Token(part, TokenKind.Word));
    }

    // wo n't, ca n't, sha n't.
    private static void Mend(List<Token> tokens)
    {
        if (tokens.Count == 0 || tokens[^1].Kind != TokenKind.Word) return;
        tokens[^1] = tokens[^1].Text switch
        {
            "wo" => new Token("will", TokenKind.Word),
            "ca" => new Token("can", TokenKind.Word),
            "sha" => new Token("shall", TokenKind.Word),
            _ => tokens[^1],
        };
    }
}
