using System.Globalization;
using System.Text;

namespace EdgeHost.Plugins.Speech.Synthesis.Text;

/// <summary>Makes text harmless for the programs that speak it. No state.</summary>
internal static class SpokenText
{
    /// <summary>The text as UTF-8 on one line, ended by a line feed: control characters become blanks; halves of characters, invisible ones and those for private use go.</summary>
    /// <param name="text">A sentence.</param>
    public static byte[] Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            // The replacement character stands for a half of a character as well.
            if (rune == Rune.ReplacementChar) continue;
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    clean.Append(' ');
                    break;
                case UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate:
                    break;
                case UnicodeCategory.Format when rune.Value is not (0x200c or 0x200d):
                    break;
                default:
                    clean.Append(rune);
                    break;
            }
        }

        // Two brackets would make eSpeak NG read phonemes.
        clean.Replace("[[", "[ ").Append('\n');
        return Encoding.UTF8.GetBytes(clean.ToString());
    }

    /// <summary>The text in ASCII, for programs that know nothing else: letters lose their marks, typographic marks become plain, the rest goes.</summary>
    /// <param name="text">A sentence.</param>
    public static byte[] CleanAscii(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length + 1);
        foreach (var rune in text.EnumerateRunes())
        {
            foreach (var character in Decomposition.Of(rune.Value))
            {
                clean.Append(character switch
                {
                    >= ' ' and <= '~' => character,
                    '‘' or '’' => '\'',
                    '“' or '”' or '«' or '»' => '"',
                    '–' or '—' => '-',
                    '…' => '.',
                    _ when char.IsControl(character) || char.IsWhiteSpace(character) => ' ',
                    _ => '\0',
                });
            }
        }

        return Encoding.ASCII.GetBytes(clean.Replace("\0", string.Empty).Append('\n').ToString());
    }

    /// <summary>Whether there is a letter, a digit or a sign in it: something to say.</summary>
    /// <param name="text">Cleaned text.</param>
    public static bool HasWords(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            if (Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune) || rune.Value is '%' or '&' or '@' or '#' or '*') return true;
            text = text[length..];
        }

        return false;
    }
}
