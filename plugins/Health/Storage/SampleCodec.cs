using System.Buffers.Binary;
using System.Text;
using EdgeHost.Plugins.Health.Samples;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>A sample's bytes before they are encrypted, and the place that they are bound to.</summary>
internal static class SampleCodec
{
    private const byte Form = 1;
    private const short NoOffset = short.MinValue;
    private const int Header = 1 + 8 + 8 + 2 + 1;

    /// <summary>What is encrypted: the values, the unit, the time zone and the source's name.</summary>
    public static byte[] Write(Sample sample)
    {
        var (unit, source) = (Encoding.UTF8.GetBytes(sample.GivenUnit), Encoding.UTF8.GetBytes(sample.Source));
        var bytes = new byte[Header + unit.Length + source.Length];
        bytes[0] = Form;
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(1), sample.Value);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(9), sample.GivenValue);
        BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(17), (short)(sample.OffsetMinutes ?? NoOffset));
        bytes[19] = (byte)unit.Length;
        unit.CopyTo(bytes, Header);
        source.CopyTo(bytes, Header + unit.Length);
        return bytes;
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static Sample Read(ReadOnlySpan<byte> bytes, SampleType type, long time, string? flag)
    {
        if (bytes.Length < Header || bytes[0] != Form || bytes.Length < Header + bytes[19])
            throw new EdgeHostException(ErrorCode.DataLoss, "A sample of the health data is in a form that this host does not know. Use the newer host.");
        var offset = BinaryPrimitives.ReadInt16LittleEndian(bytes[17..]);
        return new Sample(
            type, time, Encoding.UTF8.GetString(bytes[(Header + bytes[19])..]), BinaryPrimitives.ReadDoubleLittleEndian(bytes[1..]),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[9..]), Encoding.UTF8.GetString(bytes.Slice(Header, bytes[19])), offset == NoOffset ? null : offset, flag);
    }

    /// <summary>The place of a sample: its ciphertext cannot be moved to another type, time, source or flag.</summary>
    public static byte[] PlaceOf(string type, long time, ReadOnlySpan<byte> source, string? flag)
    {
        var name = Encoding.UTF8.GetBytes($"{type}\n{flag}\n");
        var place = new byte[name.Length + 8 + source.Length];
        name.CopyTo(place, 0);
        BinaryPrimitives.WriteInt64LittleEndian(place.AsSpan(name.Length), time);
        source.CopyTo(place.AsSpan(name.Length + 8));
        return place;
    }
}
