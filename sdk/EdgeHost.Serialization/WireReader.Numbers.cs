using MessagePack;

namespace EdgeHost.Serialization;

public ref partial struct WireReader
{
    // Above this a double no longer has every integer.
    private const double LargestExactInteger = 9007199254740992;

    /// <summary>Reads an integer; a float with an integral value is taken too, as some languages have no other number.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public long ReadInt64(long minimum = long.MinValue, long maximum = long.MaxValue)
    {
        var value = ReadInteger();
        return value >= minimum && value <= maximum
            ? (long)value
            : throw Invalid($"is {value}; allowed are {minimum} to {maximum}");
    }

    /// <summary>Reads an integer that fits 32 bits.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public int ReadInt32(int minimum = int.MinValue, int maximum = int.MaxValue) => (int)ReadInt64(minimum, maximum);

    /// <summary>Reads a non-negative integer that fits 32 bits.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public uint ReadUInt32(uint minimum = uint.MinValue, uint maximum = uint.MaxValue) => (uint)ReadInt64(minimum, maximum);

    /// <summary>Reads an integer of 0 to 255.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public byte ReadByte(byte minimum = byte.MinValue, byte maximum = byte.MaxValue) => (byte)ReadInt64(minimum, maximum);

    /// <summary>Reads a finite number, integer or float.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public double ReadDouble(double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity)
    {
        var value = ReadAnyDouble();
        if (!double.IsFinite(value)) throw Invalid("is not a finite number");
        return value >= minimum && value <= maximum ? value : throw Invalid($"is {value}; {Allowed(minimum, maximum)}");
    }

    /// <summary>Reads a finite number that a 32-bit float can hold, rounded to the nearest.</summary>
    /// <param name="minimum">Smallest value allowed.</param>
    /// <param name="maximum">Largest value allowed.</param>
    public float ReadSingle(double minimum = double.NegativeInfinity, double maximum = double.PositiveInfinity)
    {
        var value = ReadDouble(minimum, maximum);
        var single = (float)value;
        return float.IsFinite(single) ? single : throw Invalid($"is {value}, more than a 32-bit float can hold");
    }

    /// <summary>Reads an integer of up to 64 bits, signed or not.</summary>
    internal Int128 ReadInteger()
    {
        var type = NextType;
        try
        {
            return type switch
            {
                MessagePackType.Integer when _reader.NextCode == MessagePackCode.UInt64 => _reader.ReadUInt64(),
                MessagePackType.Integer => _reader.ReadInt64(),
                MessagePackType.Float => FromDouble(_reader.ReadDouble()),
                _ => throw Invalid($"is {Describe(type)}; expected an integer"),
            };
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    /// <summary>Reads a number that may be infinite or not a number.</summary>
    internal double ReadAnyDouble()
    {
        var type = NextType;
        if (type is not (MessagePackType.Float or MessagePackType.Integer)) throw Invalid($"is {Describe(type)}; expected a number");
        try
        {
            return _reader.ReadDouble();
        }
        catch (Exception e) when (IsMalformed(e))
        {
            throw Malformed(e);
        }
    }

    private static string Allowed(double minimum, double maximum)
    {
        if (double.IsNegativeInfinity(minimum)) return $"allowed are numbers up to {maximum}";
        return double.IsPositiveInfinity(maximum) ? $"allowed are numbers from {minimum}" : $"allowed are {minimum} to {maximum}";
    }

    private readonly long FromDouble(double value)
        => Math.Abs(value) <= LargestExactInteger && Math.Floor(value) == value
            ? (long)value
            : throw Invalid($"is {value}; expected an integer");
}
