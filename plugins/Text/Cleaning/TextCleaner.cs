using System.Buffers;
using System.Globalization;
using System.Text;

namespace EdgeHost.Plugins.Text.Cleaning;

/// <summary>Makes a text fit for a model: what is no character that anybody reads is left out. No state.</summary>
public static class TextCleaner
{
    /// <summary>Leaves out control characters, marks of direction and width, soft hyphens and halves of characters; runs of white space become one blank.</summary>
    /// <param name="text">Any text, also one that is no valid UTF-16.</param>
    /// <returns>A valid text without white space at its ends; the same instance if there is nothing to do.</returns>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsClean(text)) return text;
        var clean = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == OperationStatus.Done;
            rest = rest[length..];
            if (!isWhole) continue;
            if (Rune.IsWhiteSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (!IsInvisible(rune)) clean.Append(rune);
        }

        if (clean.Length > 0 && clean[^1] == ' ') clean.Length--;
        return clean.ToString();
    }

    private static bool IsClean(string text)
    {
        var wasBlank = true;
        foreach (var character in text)
        {
            if (character == ' ' && wasBlank) return false;
            wasBlank = character == ' ';
            if (wasBlank) continue;
            if (char.IsWhiteSpace(character) || char.IsSurrogate(character) || character == '\ufffd' || char.GetUnicodeCategory(character) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) return false;
        }

        return !wasBlank || text.Length == 0;
    }

    // The joiner of emoji and of Indian and Persian letters says something.
    private static bool IsInvisible(Rune rune)
        => rune.Value is not (0x200C or 0x200D) && (rune.Value == Rune.ReplacementChar.Value || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
