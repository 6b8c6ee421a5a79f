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

    /// <summary>Makes a text of its bytes.</summary>
    public delegate string TextReader(ReadOnlySpan<byte> bytes);

    /// <summary>How long a sample's bytes are.</summary>
    public static int LengthOf(Sample sample) => Header + Encoding.UTF8.GetByteCount(sample.GivenUnit) + Encoding.UTF8.GetByteCount(sample.Source);

    /// <summary>What is encrypted: the values, the unit, the time zone and the source's name.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="bytes">Gets them; at least <see cref="LengthOf"/>.</param>
    public static void Write(Sample sample, Span<byte> bytes)
    {
        bytes[0] = Form;
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[1..], sample.Value);
        BinaryPrimitives.WriteDoubleLittleEndian(bytes[9..], sample.GivenValue);
        BinaryPrimitives.WriteInt16LittleEndian(bytes[17..], (short)(sample.OffsetMinutes ?? NoOffset));
        bytes[19] = (byte)Encoding.UTF8.GetBytes(sample.GivenUnit, bytes[Header..]);
        Encoding.UTF8.GetBytes(sample.Source, bytes[(Header + bytes[19])..]);
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    public static Sample Read(ReadOnlySpan<byte> bytes, SampleType type, long time, string? flag, TextReader text)
    {
        if (bytes.Length < Header || bytes[0] != Form || bytes.Length < Header + bytes[19])
            throw new EdgeHostException(ErrorCode.DataLoss, "A sample of the health data is in a form that this host does not know. Use the newer host.");
        var offset = BinaryPrimitives.ReadInt16LittleEndian(bytes[17..]);
        return new Sample(
            type, time, text(bytes[(Header + bytes[19])..]), BinaryPrimitives.ReadDoubleLittleEndian(bytes[1..]),
            BinaryPrimitives.ReadDoubleLittleEndian(bytes[9..]), text(bytes.Slice(Header, bytes[19])), offset == NoOffset ? null : offset, flag);
    }

    /// <summary>The place of a sample: its ciphertext cannot be moved to another type, time, source or flag.</summary>
    public static byte[] PlaceOf(string type, long time, ReadOnlySpan<byte> source, string? flag)
    {
        var name = NameOf(type, flag);
        var place = new byte[name.Length + sizeof(long) + source.Length];
        WritePlace(name, time, source, place);
        return place;
    }

    /// <summary>The beginning of a place, of <see cref="WritePlace"/>.</summary>
    public static byte[] NameOf(string type, string? flag) => Encoding.UTF8.GetBytes($"{type}\n{flag}\n");

    /// <summary>Writes a place, as <see cref="PlaceOf"/> makes it.</summary>
    public static void WritePlace(ReadOnlySpan<byte> name, long time, ReadOnlySpan<byte> source, Span<byte> place)
    {
        name.CopyTo(place);
        BinaryPrimitives.WriteInt64LittleEndian(place[name.Length..], time);
        source.CopyTo(place[(name.Length + sizeof(long))..]);
    }
}
