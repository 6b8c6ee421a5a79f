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
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var k = 1; k <= to.Length; k++)
            {
                var best = Math.Min(Math.Min(row[k], row[k - 1]) + 1, diagonal + (from[i - 1] == to[k - 1] ? 0 : 1));
                (diagonal, row[k]) = (row[k], best);
            }
        }

        return (row[^1], from.Length);
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
