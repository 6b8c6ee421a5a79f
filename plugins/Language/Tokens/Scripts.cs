using System.Text;

namespace EdgeHost.Plugins.Language.Tokens;

/// <summary>Which scripts separate their words.</summary>
internal static class Scripts
{
    /// <summary>Whether a character belongs to a script without spaces: Chinese characters, kana.</summary>
    public static bool IsUnspaced(Rune rune) => IsHan(rune) || IsKana(rune);

    /// <summary>The same of a character of the basic plane.</summary>
    public static bool IsUnspaced(char character) => !char.IsSurrogate(character) && IsUnspaced(new Rune(character));

    /// <summary>Whether it is of a Japanese syllabary.</summary>
    public static bool IsKana(Rune rune) => rune.Value is >= 0x3040 and <= 0x30FF;

    /// <summary>Whether it is a Chinese character.</summary>
    public static bool IsHan(Rune rune) => rune.Value is (>= 0x3400 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);
}
