using EdgeHost.Plugins.Translation.Models;

namespace EdgeHost.Plugins.Translation.Texts;

/// <summary>Says what stands between the translations of two sentences: lines stay, blanks follow the language wanted. Of one text; not thread-safe.</summary>
/// <param name="target">The language wanted, as <see cref="LanguageCode"/>.</param>
internal sealed class SentenceJoiner(string target)
{
    private char _last;

    /// <summary>Says it.</summary>
    /// <param name="blanks">The white space that stood between the sentences.</param>
    /// <param name="output">The translation of the second; it is taken as the first one of the next.</param>
    public string Between(string blanks, string output)
    {
        if (output.Length == 0) return blanks;
        var last = _last;
        _last = output[^1];
        if (last == '\0' || blanks.AsSpan().IndexOfAny('\n', '\r') >= 0) return blanks;
        if (LanguageCode.IsUnspaced(target)) return blanks.Length == 1 && (IsWide(last) || IsWide(output[0])) ? string.Empty : blanks;
        return blanks.Length > 0 ? blanks : " ";
    }

    private static bool IsWide(char character) => Characters.IsHan(character) || Characters.IsFullWidthMark(character);
}
