using System.Text;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>What is left of a text without case, marks and extra spaces.</summary>
internal static class PlainText
{
    /// <summary>The letters and digits in lower case, words with one space between them; empty where there are none.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) plain.Append(Rune.ToLowerInvariant(rune));
            else if (plain.Length > 0 && plain[^1] != ' ') plain.Append(' ');
        }

        return plain.ToString().TrimEnd();
    }
}
