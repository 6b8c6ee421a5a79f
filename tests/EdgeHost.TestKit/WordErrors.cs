using System.Text;

namespace EdgeHost.TestKit;

/// <summary>Word errors: insertions, deletions and substitutions of the cheapest alignment (Levenshtein), on text in a plain form.</summary>
public static class WordErrors
{
    private static readonly string[] Digits = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

    /// <summary>Counts.</summary>
    /// <param name="expected">What was said.</param>
    /// <param name="heard">What was written down.</param>
    /// <returns>The errors, and how many words were said.</returns>
    public static (int Errors, int Words) Count(string expected, string heard)
    {
        var (from, to) = (Plain(expected), Plain(heard));
        return (EditDistance.Of<string>(from, to), from.Length);
    }

    private static string[] Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var character in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(character) || character == '\'') plain.Append(character);
            else if (char.IsWhiteSpace(character) || character == '-') plain.Append(' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word switch
        {
            "mr" => "mister",
            [>= '0' and <= '9'] => Digits[word[0] - '0'],
            _ => word,
        })];
    }
}
