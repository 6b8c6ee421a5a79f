using System.Buffers.Binary;
using System.Numerics;

namespace EdgeHost.Plugins.Speech.Audio.Flac;

/// <summary>Reads bits, the highest of each byte first. Beyond the end it throws <see cref="EndOfStreamException"/>. Not thread-safe.</summary>
internal ref struct BitReader(ReadOnlySpan<byte> bytes, int start)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private long _bit = start * 8L;

    /// <summary>The byte that comes next; the one in which the next bit is, if some of it was read.</summary>
    public readonly int Position => (int)((_bit + 7) >> 3);

    /// <summary>Reads an unsigned number.</summary>
    /// <param name="count">0 to 32 bits.</param>
    public uint Read(int count)
    {
        if (count == 0) return 0;
        var window = Peek();
        _bit += count;
        if (_bit > _bytes.Length * 8L) throw new EndOfStreamException();
        return (uint)(window >> (64 - count));
    }

    /// <summary>Reads a number in two's complement.</summary>
    /// <param name="count">0 to 33 bits: the side channel of 32-bit sound has one more.</param>
    public long ReadSigned(int count)
    {
        if (count == 0) return 0;
        if (count > 32) return ((long)(int)Read(32) << (count - 32)) | Read(count - 32);
        return (int)(Read(count) << (32 - count)) >> (32 - count);
    }

    /// <summary>Reads zeros up to and with the next one.</summary>
    /// <returns>How many zeros.</returns>
    public int ReadUnary()
    {
        var zeros = 0;
        while (true)
        {
            var window = Peek();
            var leading = Math.Min(BitOperations.LeadingZeroCount(window), 32);
            zeros += leading;
            _bit += leading;
            if (_bit >= _bytes.Length * 8L) throw new EndOfStreamException();
            if (leading == 32) continue;
            _bit++;
            return zeros;
        }
    }

    // At least 57 bits from here on, in the highest places; zeros beyond the end.
    private readonly ulong Peek()
    {
        var at = (int)(_bit >> 3);
        ulong window;
        if (at + 8 <= _bytes.Length) window = BinaryPrimitives.ReadUInt64BigEndian(_bytes[at..]);
        else
        {
            Span<byte> rest = stackalloc byte[8];
            rest.Clear();
            if (at < _bytes.Length) _bytes[at..].CopyTo(rest);
            window = BinaryPrimitives.ReadUInt64BigEndian(rest);
        }

        return window << (int)(_bit & 7);
    }
}
