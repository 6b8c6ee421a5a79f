using System.Text;

namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>Ranges of Unicode characters as sequences of ranges of bytes in UTF-8. Thread-safe.</summary>
internal static class Utf8Ranges
{
    private const int LastSurrogate = 0xDFFF;
    private const int FirstSurrogate = 0xD800;

    // Where characters of one more byte begin.
    private static readonly int[] Borders = [0x80, 0x800, 0x10000];

    /// <summary>The sequences; surrogates are left out.</summary>
    /// <param name="first">The first character.</param>
    /// <param name="last">The last one.</param>
    public static IEnumerable<GrammarElement[]> Of(int first, int last)
    {
        if (first > last) yield break;
        if (first <= LastSurrogate && last >= FirstSurrogate)
        {
            foreach (var sequence in Of(first, FirstSurrogate - 1)) yield return sequence;
            foreach (var sequence in Of(LastSurrogate + 1, last)) yield return sequence;
            yield break;
        }

        foreach (var border in Borders)
        {
            if (first >= border || last < border) continue;
            foreach (var sequence in Of(first, border - 1)) yield return sequence;
            foreach (var sequence in Of(border, last)) yield return sequence;
            yield break;
        }

        // Characters whose last bytes go through all their values share a sequence.
        for (var bits = 6; bits <= 18; bits += 6)
        {
            var mask = (1 << bits) - 1;
            if (first < 0x80 || (first & ~mask) == (last & ~mask)) break;
            var split = (first & mask) != 0 ? (first | mask) + 1 : (last & mask) != mask ? last & ~mask : -1;
            if (split < 0) continue;
            foreach (var sequence in Of(first, split - 1)) yield return sequence;
            foreach (var sequence in Of(split, last)) yield return sequence;
            yield break;
        }

        yield return Sequence(new Rune(first), new Rune(last));
    }

    private static GrammarElement[] Sequence(Rune first, Rune last)
    {
        Span<byte> low = stackalloc byte[4];
        Span<byte> high = stackalloc byte[4];
        var length = first.EncodeToUtf8(low);
        last.EncodeToUtf8(high);
        var sequence = new GrammarElement[length];
        for (var i = 0; i < length; i++) sequence[i] = GrammarElement.Bytes(low[i], high[i]);
        return sequence;
    }
}
