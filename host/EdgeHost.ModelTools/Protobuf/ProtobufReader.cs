using System.Buffers.Binary;
using System.Text;

namespace EdgeHost.ModelTools.Protobuf;

/// <summary>
/// Walks the fields of one message. Never reads past the message and never allocates by a length that the message does not hold:
/// binary fields are views of the input.
/// </summary>
internal ref struct ProtobufReader(ReadOnlyMemory<byte> message)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ReadOnlyMemory<byte> _message = message;
    private int _position;
    private int _fieldStart;

    /// <summary>The number of the field that <see cref="NextField"/> came to.</summary>
    public int Field { get; private set; }

    /// <summary>How that field is laid out.</summary>
    public ProtobufKind Kind { get; private set; }

    /// <summary>Goes to the next field; false at the end. The one before must have been read or skipped.</summary>
    public bool NextField()
    {
        if (_position == _message.Length) return false;
        _fieldStart = _position;
        var tag = ReadVarint();
        Kind = (ProtobufKind)(tag & 7);
        if (tag >> 3 is 0 or > int.MaxValue >> 2 || Kind is not (ProtobufKind.Varint or ProtobufKind.Fixed64 or ProtobufKind.Bytes or ProtobufKind.Fixed32))
        {
            throw Broken("a field has a tag that does not exist");
        }

        Field = (int)(tag >> 3);
        return true;
    }

    public long ReadInteger() => (long)ReadVarint();

    public float ReadFloat() => BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)).Span);

    public ReadOnlyMemory<byte> ReadBytes()
    {
        var length = ReadVarint();
        return length > (ulong)(_message.Length - _position) ? throw Broken("a field is longer than what holds it") : Take((int)length);
    }

    public string ReadText()
    {
        try
        {
            return Utf8.GetString(ReadBytes().Span);
        }
        catch (DecoderFallbackException)
        {
            throw Broken("a name is not UTF-8");
        }
    }

    /// <summary>One value, or many where they are packed into one field.</summary>
    public void ReadIntegers(ICollection<long> target)
    {
        if (Kind == ProtobufKind.Varint)
        {
            target.Add(ReadInteger());
            return;
        }

        var packed = new ProtobufReader(ReadBytes());
        while (packed._position < packed._message.Length) target.Add(packed.ReadInteger());
    }

    /// <inheritdoc cref="ReadIntegers"/>
    public void ReadFloats(ICollection<float> target)
    {
        if (Kind == ProtobufKind.Fixed32)
        {
            target.Add(ReadFloat());
            return;
        }

        var packed = new ProtobufReader(ReadBytes());
        while (packed._position < packed._message.Length) target.Add(packed.ReadFloat());
    }

    /// <summary>Leaves the field out, and gives its bytes with the tag.</summary>
    public ReadOnlyMemory<byte> SkipField()
    {
        switch (Kind)
        {
            case ProtobufKind.Varint: ReadVarint(); break;
            case ProtobufKind.Fixed64: Take(sizeof(ulong)); break;
            case ProtobufKind.Fixed32: Take(sizeof(uint)); break;
            default: ReadBytes(); break;
        }

        return _message[_fieldStart.._position];
    }

    private static EdgeHostException Broken(string problem)
        => new(ErrorCode.InvalidArgument, $"This is not an ONNX model, or it is damaged: {problem}.");

    private ulong ReadVarint()
    {
        const int MostBytes = 10;
        var bytes = _message.Span[_position..];
        ulong value = 0;
        for (var i = 0; i < MostBytes; i++)
        {
            if (i == bytes.Length) throw Broken("it ends inside a number");
            value |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                _position += i + 1;
                return value;
            }
        }

        throw Broken("a number has more than ten bytes");
    }

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > _message.Length - _position) throw Broken("it ends inside a field");
        var taken = _message.Slice(_position, length);
        _position += length;
        return taken;
    }
}
