using System.Globalization;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Content;

/// <summary>The words of a text in lower case. Scripts without spaces between words give pairs of characters.</summary>
internal static class Words
{
    private const int Shortest = 2;
    private const int Longest = 40;

    public static IEnumerable<string> Of(string text, int mostCharacters)
    {
        var end = Math.Min(text.Length, mostCharacters);
        for (var i = 0; i < end;)
        {
            if (IsDense(text[i]))
            {
                if (i + 1 < end && IsDense(text[i + 1])) yield return text.Substring(i, 2);
                i++;
                continue;
            }

            var start = i;
            while (i < end && IsOfWord(text[i])) i++;
            if (i - start is >= Shortest and <= Longest) yield return text[start..i].ToLowerInvariant();
            if (i == start) i++;
        }
    }

    private static bool IsOfWord(char c) => !IsDense(c) && (char.IsLetterOrDigit(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    // Chinese and Japanese characters, kana, and Thai, Lao, Khmer and Burmese letters.
    private static bool IsDense(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or (>= '\u0E00' and <= '\u0EFF') or (>= '\u1000' and <= '\u109F') or (>= '\u1780' and <= '\u17FF');
}
