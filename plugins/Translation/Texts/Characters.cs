using System.Globalization;
using System.Text;

namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>Kinds of characters. No state.</summary>
internal static class Characters
{
    /// <summary>Marks that end a sentence or a part of it.</summary>
    public const string Ends = ".!?…。！？｡;；:：,，、";

    /// <summary>Whether a character is of Chinese or Japanese writing.</summary>
    public static bool IsHan(char character) => character is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') || char.IsSurrogate(character) && IsHanSurrogate(character);

    /// <summary>Whether a character is a full-width mark, which brings its own room.</summary>
    public static bool IsFullWidthMark(char character) => character is (>= '\u3000' and <= '\u303F') or (>= '\uFF01' and <= '\uFF0F') or (>= '\uFF1A' and <= '\uFF20');

    /// <summary>Whether anything in a text is a letter.</summary>
    public static bool HasLetter(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune)) return true;
        }

        return false;
    }

    /// <summary>Whether a character is a picture or a sign, such as an emoji, and no letter, digit or mark of writing.</summary>
    public static bool IsPicture(Rune rune)
        => rune.Value is 0x200D or (>= 0xFE00 and <= 0xFE0F) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;

    // The planes of rare Chinese characters begin with these.
    private static bool IsHanSurrogate(char character) => character is >= '\uD840' and <= '\uD88D';
}
