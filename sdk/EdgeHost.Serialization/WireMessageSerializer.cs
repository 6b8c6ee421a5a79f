using System.Buffers;

namespace EdgeHost.Serialization;

/// <summary>Turns whole messages into bytes and back. Thread-safe.</summary>
public static class WireMessageSerializer
{
    /// <summary>Writes a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message.</param>
    /// <param name="target">Where the bytes go; the caller owns it. One that is an <see cref="IReferenceBufferWriter"/> may keep large
    /// binaries by reference.</param>
    public static void Serialize<T>(T message, IBufferWriter<byte> target)
        where T : IWireMessage<T>
    {
        var writer = new WireWriter(target);
        T.Write(ref writer, message);
        writer.Flush();
    }

    /// <summary>The bytes of a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="message">The message.</param>
    public static byte[] ToArray<T>(T message)
        where T : IWireMessage<T>
    {
        var buffer = new ArrayBufferWriter<byte>();
        Serialize(message, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a message that fills the bytes to their end.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="bytes">The bytes, untrusted. Binary members of the message are views of them.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/> that says what is wrong with which field, or that
    /// bytes follow the message.</exception>
    public static T Deserialize<T>(ReadOnlyMemory<byte> bytes)
        where T : IWireMessage<T>
        => Deserialize<T>(bytes, resolver: null);

    /// <summary>Reads a message that fills the bytes to their end and may have references in place of binaries.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="bytes">The bytes, untrusted. Binary members of the message are views of them, or of where a reference leads.</param>
    /// <param name="resolver">Follows references; null to refuse them.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/> that says what is wrong with which field, or that
    /// bytes follow the message.</exception>
    public static T Deserialize<T>(ReadOnlyMemory<byte> bytes, IBinaryResolver? resolver)
        where T : IWireMessage<T>
    {
        var reader = new WireReader(bytes, resolver);
        var message = T.Read(ref reader);
        return reader.End ? message : throw reader.Invalid($"is followed by {bytes.Length - reader.Consumed} bytes that belong to nothing");
    }
}
