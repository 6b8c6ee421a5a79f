using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeHost.Plugins.Recommendation.Engine.Serialization;

/// <summary>
/// Reads what <see cref="ModelWriter"/> wrote. Lengths are checked against what is left before anything is allocated, numbers against their ranges; whatever does not fit is
/// <see cref="ErrorCode.DataLoss"/>. Not thread-safe.
/// </summary>
internal sealed class ModelReader(Stream stream, long length)
{
    private long _left = length;

    /// <summary>How many bytes are still to be read.</summary>
    public long Left => _left;

    public static EdgeHostException Broken(string what)
        => new(ErrorCode.DataLoss, $"The recommendation model is damaged: {what}. Build it anew.");

    public int Int()
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        Bytes(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int Int(int least, int most)
    {
        var value = Int();
        return value >= least && value <= most ? value : throw Broken($"a number is {value} and should be from {least} to {most}");
    }

    public double Double()
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        Bytes(bytes);
        var value = BinaryPrimitives.ReadDoubleLittleEndian(bytes);
        return double.IsNaN(value) ? throw Broken("a number is NaN") : value;
    }

    public string Text()
    {
        var bytes = new byte[Length(1)];
        Bytes(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Numbers from <paramref name="least"/> to <paramref name="most"/>.</summary>
    public int[] Ints(int least, int most)
    {
        var values = new int[Length(sizeof(int))];
        Bytes(MemoryMarshal.AsBytes(values.AsSpan()));
        foreach (var value in values)
        {
            if (value < least || value > most) throw Broken($"a number is {value} and should be from {least} to {most}");
        }

        return values;
    }

    /// <summary>Finite numbers, <paramref name="count"/> of them.</summary>
    public float[] Floats(int count)
    {
        var values = new float[Length(sizeof(float))];
        if (values.Length != count) throw Broken($"there are {values.Length} numbers in place of {count}");
        Bytes(MemoryMarshal.AsBytes(values.AsSpan()));
        foreach (var value in values)
        {
            if (!float.IsFinite(value)) throw Broken("a number is not finite");
        }

        return values;
    }

    /// <summary>Bytes with a sign, <paramref name="count"/> of them.</summary>
    public sbyte[] SignedBytes(int count)
    {
        var values = new sbyte[Length(1)];
        if (values.Length != count) throw Broken($"there are {values.Length} bytes in place of {count}");
        Bytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public string[] Texts()
    {
        var values = new string[Length(sizeof(int))];
        for (var i = 0; i < values.Length; i++) values[i] = Text();
        return values;
    }

    private int Length(int size)
    {
        var count = Int();
        return count >= 0 && (long)count * size <= _left ? count : throw Broken($"a length is {count}, beyond the end");
    }

    private void Bytes(Span<byte> bytes)
    {
        if (bytes.Length > _left) throw Broken("it ends too early");
        stream.ReadExactly(bytes);
        _left -= bytes.Length;
    }
}
