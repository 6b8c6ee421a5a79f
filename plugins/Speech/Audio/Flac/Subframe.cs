namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>Decodes one channel of a frame (RFC 9639, 9.2). No state.</summary>
internal static class Subframe
{
    private const int Constant = 0;
    private const int Verbatim = 1;
    private const int FirstFixed = 8;
    private const int MostFixedOrder = 4;
    private const int FirstLinear = 32;

    private static readonly int[][] FixedCoefficients = [[], [1], [2, -1], [3, -3, 1], [4, -6, 4, -1]];

    /// <summary>Decodes.</summary>
    /// <param name="bits">Where the subframe begins; afterwards where it ends.</param>
    /// <param name="samples">Takes the samples of the block.</param>
    /// <param name="width">Bits a sample.</param>
    /// <returns>Whether it could be decoded.</returns>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static bool TryDecode(ref BitReader bits, Span<long> samples, int width)
    {
        if (bits.Read(1) != 0) return false;
        var type = (int)bits.Read(6);
        var wasted = bits.Read(1) == 1 ? bits.ReadUnary() + 1 : 0;
        width -= wasted;
        if (width <= 0) return false;
        var isDecoded = type switch
        {
            Constant => DecodeConstant(ref bits, samples, width),
            Verbatim => DecodeVerbatim(ref bits, samples, width),
            >= FirstFixed and <= FirstFixed + MostFixedOrder => DecodeFixed(ref bits, samples, width, type - FirstFixed),
            >= FirstLinear => DecodeLinear(ref bits, samples, width, type - FirstLinear + 1),
            _ => false,
        };
        if (wasted > 0)
        {
            foreach (ref var sample in samples) sample <<= wasted;
        }

        return isDecoded;
    }

    private static bool DecodeConstant(ref BitReader bits, Span<long> samples, int width)
    {
        samples.Fill(bits.ReadSigned(width));
        return true;
    }

    private static bool DecodeVerbatim(ref BitReader bits, Span<long> samples, int width)
    {
        foreach (ref var sample in samples) sample = bits.ReadSigned(width);
        return true;
    }

    private static bool DecodeFixed(ref BitReader bits, Span<long> samples, int width, int order)
    {
        if (order > samples.Length) return false;
        DecodeVerbatim(ref bits, samples[..order], width);
        if (!Residual.TryDecode(ref bits, samples, order)) return false;
        Predict(samples, FixedCoefficients[order], shift: 0);
        return true;
    }

    private static bool DecodeLinear(ref BitReader bits, Span<long> samples, int width, int order)
    {
        if (order > samples.Length) return false;
        DecodeVerbatim(ref bits, samples[..order], width);
        var precision = (int)bits.Read(4) + 1;
        var shift = (int)bits.ReadSigned(5);
        if (precision == 16 || shift < 0) return false;
        Span<int> coefficients = stackalloc int[order];
        foreach (ref var coefficient in coefficients) coefficient = (int)bits.ReadSigned(precision);
        if (!Residual.TryDecode(ref bits, samples, order)) return false;
        Predict(samples, coefficients, shift);
        return true;
    }

    // Each sample is what the ones before it foretell, and the residual that stands in its place. Sums of damaged files may wrap; their checksum is wrong then.
    private static void Predict(Span<long> samples, ReadOnlySpan<int> coefficients, int shift)
    {
        var order = coefficients.Length;
        for (var i = order; i < samples.Length; i++)
        {
            long sum = 0;
            for (var k = 0; k < order; k++) sum += coefficients[k] * samples[i - 1 - k];
            samples[i] += sum >> shift;
        }
    }
}
