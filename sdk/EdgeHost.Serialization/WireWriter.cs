using System.Buffers;
using System.Buffers.Binary;
using MessagePack;

namespace EdgeHost.Serialization;

/// <summary>
/// Writes MessagePack to a buffer writer; large binaries go by reference where the target allows it
/// (<see cref="IReferenceBufferWriter"/>). A stack-only type for one thread; call <see cref="Flush"/> at the end.
/// </summary>
public ref struct WireWriter
{
    private const int MostBinHeaderBytes = 5;

    private readonly IReferenceBufferWriter? _references;
    private MessagePackWriter _writer;

    /// <summary>Creates a writer.</summary>
    /// <param name="target">Where the bytes go; the caller owns it.</param>
    public WireWriter(IBufferWriter<byte> target)
    {
        _writer = new MessagePackWriter(target);
        _references = target as IReferenceBufferWriter;
    }

    /// <summary>Starts a map of <paramref name="count"/> pairs; write each key and value next.</summary>
    public void WriteMapHeader(int count) => _writer.WriteMapHeader(count);

    /// <summary>Starts an array of <paramref name="count"/> values.</summary>
    public void WriteArrayHeader(int count) => _writer.WriteArrayHeader(count);

    /// <summary>Writes a key that is already UTF-8.</summary>
    public void WriteKey(ReadOnlySpan<byte> utf8) => _writer.WriteString(utf8);

    /// <summary>Writes nil.</summary>
    public void WriteNil() => _writer.WriteNil();

    /// <summary>Writes a boolean.</summary>
    public void Write(bool value) => _writer.Write(value);

    /// <summary>Writes an integer in its shortest form.</summary>
    public void Write(long value) => _writer.Write(value);

    /// <summary>Writes an unsigned integer in its shortest form.</summary>
    public void Write(ulong value) => _writer.Write(value);

    /// <summary>Writes a 32-bit float.</summary>
    public void Write(float value) => _writer.Write(value);

    /// <summary>Writes a 64-bit float.</summary>
    public void Write(double value) => _writer.Write(value);

    /// <summary>Writes text, or nil for null.</summary>
    public void Write(string? value) => _writer.Write(value);

    /// <summary>
    /// Writes a binary; a large one goes by reference where the target allows it and must then stay unchanged until the frame is sent, or as a
    /// <see cref="BinaryReference"/> where the target shares memory with the reader.
    /// </summary>
    public void WriteBinary(ReadOnlyMemory<byte> value)
    {
        if (_references is null || value.IsEmpty || value.Length < _references.ReferenceThresholdBytes)
        {
            _writer.Write(value.Span);
            return;
        }

        if (_references.TryShare(value, out var reference))
        {
            _writer.WriteExtensionFormatHeader(new ExtensionHeader(BinaryReference.ExtensionType, BinaryReference.PayloadBytes));
            reference.WriteTo(_writer.GetSpan(BinaryReference.PayloadBytes));
            _writer.Advance(BinaryReference.PayloadBytes);
            return;
        }

        WriteBinHeader(value.Length);
        _writer.Flush();
        _references.AppendReference(value);
    }

    /// <summary>Writes a nested message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    public void WriteMessage<T>(T value)
        where T : IWireMessage<T>
        => T.Write(ref this, value);

    /// <summary>Writes bytes that are MessagePack already.</summary>
    public void WriteRaw(ReadOnlySpan<byte> messagePack) => _writer.WriteRaw(messagePack);

    /// <summary>Hands everything written to the target.</summary>
    public void Flush() => _writer.Flush();

    // The library's own asks the target for room for the payload too, which would rent a block as large as the one that is not copied.
    private void WriteBinHeader(int length)
    {
        var header = _writer.GetSpan(MostBinHeaderBytes);
        int written;
        if (length <= byte.MaxValue)
        {
            (header[0], header[1], written) = (MessagePackCode.Bin8, (byte)length, 2);
        }
        else if (length <= ushort.MaxValue)
        {
            header[0] = MessagePackCode.Bin16;
            BinaryPrimitives.WriteUInt16BigEndian(header[1..], (ushort)length);
            written = 3;
        }
        else
        {
            header[0] = MessagePackCode.Bin32;
            BinaryPrimitives.WriteInt32BigEndian(header[1..], length);
            written = MostBinHeaderBytes;
        }

        _writer.Advance(written);
    }
}
