namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>
/// Decimal floats of health devices (IEEE 11073-20601, annex F.6 and F.7): a mantissa and a power of ten, both in two's complement. The special values NaN, NRes
/// ("not at this resolution") and the reserved one are NaN here; those of infinity are infinity. Thread-safe.
/// </summary>
public static class Ieee11073
{
    private const int MostShort = 0x7FD;
    private const int MostLong = 0x7FFFFD;

    private static readonly double[] Powers = [.. Enumerable.Range(0, 23).Select(static power => Math.Pow(10, power))];

    /// <summary>The value of a SFLOAT of 16 bits: 4 bits of exponent, 12 of mantissa.</summary>
    /// <param name="bits">The bits.</param>
    /// <param name="scale">A power of ten that the value is multiplied by before it is rounded.</param>
    public static double FromShort(ushort bits, int scale = 0)
        => Value(((bits & 0xFFF) ^ 0x800) - 0x800, ((bits >> 12) ^ 0x8) - 0x8 + scale, MostShort);

    /// <summary>The value of a FLOAT of 32 bits: 8 bits of exponent, 24 of mantissa.</summary>
    /// <param name="bits">The bits.</param>
    public static double FromLong(uint bits)
        => Value(((int)(bits & 0xFF_FFFF) ^ 0x80_0000) - 0x80_0000, (sbyte)(bits >> 24), MostLong);

    // Of the mantissas only those from -most to most are numbers: above are +INFINITY and NaN, below NRes, reserved and -INFINITY.
    private static double Value(int mantissa, int exponent, int most)
    {
        if (mantissa == most + 1) return double.PositiveInfinity;
        if (mantissa == -most - 1) return double.NegativeInfinity;
        if (mantissa > most || mantissa < -most) return double.NaN;
        if (Math.Abs(exponent) < Powers.Length) return exponent >= 0 ? mantissa * Powers[exponent] : mantissa / Powers[-exponent];
        return mantissa * Math.Pow(10, exponent);
    }
}
