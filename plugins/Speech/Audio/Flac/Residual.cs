namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>Decodes what a prediction leaves over: Rice codes in partitions (RFC 9639, 9.2.7). No state.</summary>
internal static class Residual
{
    /// <summary>Decodes.</summary>
    /// <param name="bits">Where it begins; afterwards where it ends.</param>
    /// <param name="samples">Takes the residuals from the place <paramref name="order"/> on.</param>
    /// <param name="order">Samples that the prediction begins with.</param>
    /// <returns>Whether it could be decoded.</returns>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    public static bool TryDecode(ref BitReader bits, Span<long> samples, int order)
    {
        var method = bits.Read(2);
        if (method > 1) return false;
        var parameterBits = method == 0 ? 4 : 5;
        var escape = (1u << parameterBits) - 1;
        var partitions = 1 << (int)bits.Read(4);
        var length = samples.Length / partitions;
        if (length * partitions != samples.Length || length < order) return false;
        for (var partition = 0; partition < partitions; partition++)
        {
            var part = samples[(partition == 0 ? order : partition * length)..((partition + 1) * length)];
            var parameter = bits.Read(parameterBits);
            if (parameter == escape) ReadPlain(ref bits, part, (int)bits.Read(5));
            else ReadRice(ref bits, part, (int)parameter);
        }

        return true;
    }

    private static void ReadPlain(ref BitReader bits, Span<long> part, int width)
    {
        foreach (ref var value in part) value = bits.ReadSigned(width);
    }

    private static void ReadRice(ref BitReader bits, Span<long> part, int parameter)
    {
        foreach (ref var value in part)
        {
            var code = ((long)bits.ReadUnary() << parameter) | bits.Read(parameter);
            value = (code >> 1) ^ -(code & 1);
        }
    }
}
