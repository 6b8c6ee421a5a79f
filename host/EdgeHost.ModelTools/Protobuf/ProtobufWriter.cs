using System.Buffers.Binary;
using System.Text;

namespace EdgeHost.ModelTools.Protobuf;

/// <summary>
/// Writes messages into one growing buffer. A nested message is written in place and moved up by the bytes of its length once that is
/// known, which is cheaper than a buffer for each. Not thread-safe.
/// </summary>
internal sealed class ProtobufWriter
{
    private byte[] _buffer = new byte[1024];
    private int _length;

    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, _length);

    public void Integer(int field, long value)
    {
        Tag(field, ProtobufKind.Varint);
        Varint((ulong)value);
    }

    /// <summary>Leaves the field out where the value is zero, as a missing field reads.</summary>
    public void OptionalInteger(int field, long value)
    {
        if (value != 0) Integer(field, value);
    }

    public void Float(int field, float value)
    {
        Tag(field, ProtobufKind.Fixed32);
        BinaryPrimitives.WriteSingleLittleEndian(Reserve(sizeof(float)), value);
    }

    public void Text(int field, string value)
    {
        Tag(field, ProtobufKind.Bytes);
        Varint((ulong)Encoding.UTF8.GetByteCount(value));
        Encoding.UTF8.GetBytes(value, Reserve(Encoding.UTF8.GetByteCount(value)));
    }

    /// <summary>Leaves the field out where the text is empty, as a missing field reads.</summary>
    public void OptionalText(int field, string value)
    {
        if (value.Length > 0) Text(field, value);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, ProtobufKind.Bytes);
        Varint((ulong)value.Length);
        Raw(value);
    }

    public void Message(int field, OnnxMessage message)
    {
        Tag(field, ProtobufKind.Bytes);
        var start = _length;
        message.Write(this);
        var length = _length - start;
        Span<byte> prefix = stackalloc byte[10];
        var size = Encode((ulong)length, prefix);
        Reserve(size);
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + size));
        prefix[..size].CopyTo(_buffer.AsSpan(start));
    }

    public void Messages(int field, IEnumerable<OnnxMessage> messages)
    {
        foreach (var message in messages) Message(field, message);
    }

    /// <summary>Bytes that are fields already.</summary>
    public void Raw(ReadOnlySpan<byte> fields) => fields.CopyTo(Reserve(fields.Length));

    private static int Encode(ulong value, Span<byte> target)
    {
        var count = 0;
        for (; value >= 0x80; value >>= 7) target[count++] = (byte)(value | 0x80);
        target[count++] = (byte)value;
        return count;
    }

    private void Tag(int field, ProtobufKind kind) => Varint(((ulong)field << 3) | (ulong)kind);

    private void Varint(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        Raw(bytes[..Encode(value, bytes)]);
    }

    private Span<byte> Reserve(int bytes)
    {
        if (bytes > _buffer.Length - _length)
        {
            // The format itself ends at 2 GiB.
            if (bytes > Array.MaxLength - _length) throw new EdgeHostException(ErrorCode.InvalidArgument, "The model has more than 2 GiB; keep its tensors in files beside it.");
            Array.Resize(ref _buffer, (int)Math.Min(Array.MaxLength, Math.Max((long)_length + bytes, 2L * _buffer.Length)));
        }

        var reserved = _buffer.AsSpan(_length, bytes);
        _length += bytes;
        return reserved;
    }
}
