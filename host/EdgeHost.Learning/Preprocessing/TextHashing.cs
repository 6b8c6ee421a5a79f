using System.Text;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>
/// Counts pieces of text in a vector, each at the place that its hash says, with the sign of another bit of it, so that pieces that share a place cancel on average
/// (K. Weinberger et al., Feature Hashing for Large Scale Multitask Learning, 2009). The hash is FNV-1a over UTF-8, with the seed in front and a final mix.
/// </summary>
internal static class TextHashing
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>Pieces of characters (Unicode scalars), with a space at both ends so that beginnings and ends of texts differ from their middles.</summary>
    public static float[] Characters(string text, PreprocessingStep step, long seed)
        => Count([.. $" {text} ".EnumerateRunes().Select(static rune => rune.ToString())], string.Empty, step, seed);

    /// <summary>Sequences of words, which are what stands between white space.</summary>
    public static float[] Words(string text, PreprocessingStep step, long seed)
        => Count(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), " ", step, seed);

    private static float[] Count(string[] parts, string separator, PreprocessingStep step, long seed)
    {
        var vector = new float[step.Size];
        for (var length = step.Minimum; length <= step.Maximum; length++)
        {
            for (var at = 0; at + length <= parts.Length; at++)
            {
                var hash = Hash(string.Join(separator, parts, at, length), seed);
                vector[(int)((hash >> 1) % (ulong)step.Size)] += (hash & 1) == 0 ? 1 : -1;
            }
        }

        return vector;
    }

    private static ulong Hash(string piece, long seed)
    {
        var hash = Offset;
        for (var shift = 0; shift < 64; shift += 8) hash = (hash ^ (byte)(seed >> shift)) * Prime;
        foreach (var value in Encoding.UTF8.GetBytes(piece)) hash = (hash ^ value) * Prime;

        // FNV's low bits mix badly; this spreads them (the finaliser of MurmurHash3).
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
