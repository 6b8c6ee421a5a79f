using System.Buffers;
using Grpc.Core;

namespace EdgeHost.Benchmarks.Transport.Peers;

/// <summary>
/// The message <c>{ bytes payload = 1; int32 answer_bytes = 2; }</c> in protobuf's encoding, written straight into the frame and read with one copy, as
/// generated code does at best.
/// </summary>
/// <param name="Payload">The bytes.</param>
/// <param name="AnswerBytes">How many bytes are asked for; 0 for a few.</param>
public sealed record GrpcBytes(ReadOnlyMemory<byte> Payload, int AnswerBytes)
{
    private const byte PayloadTag = (1 << 3) | 2;
    private const byte AnswerBytesTag = 2 << 3;
    private const int MostVarintBytes = 5;

    /// <summary>How it is written and read.</summary>
    public static Marshaller<GrpcBytes> Marshaller { get; } = new(Write, Read);

    private static void Write(GrpcBytes message, SerializationContext context)
    {
        Span<byte> header = stackalloc byte[2 * (1 + MostVarintBytes)];
        var length = 0;
        if (message.AnswerBytes > 0)
        {
            header[length++] = AnswerBytesTag;
            length += WriteVarint(header[length..], message.AnswerBytes);
        }

        header[length++] = PayloadTag;
        length += WriteVarint(header[length..], message.Payload.Length);
        context.SetPayloadLength(length + message.Payload.Length);
        var writer = context.GetBufferWriter();
        writer.Write(header[..length]);
        writer.Write(message.Payload.Span);
        context.Complete();
    }

    private static GrpcBytes Read(DeserializationContext context)
    {
        var reader = new SequenceReader<byte>(context.PayloadAsReadOnlySequence());
        var answerBytes = 0;
        byte[] payload = [];
        while (reader.TryRead(out var tag))
        {
            var value = ReadVarint(ref reader);
            if (tag == AnswerBytesTag)
            {
                answerBytes = value;
                continue;
            }

            payload = GC.AllocateUninitializedArray<byte>(value);
            if (tag != PayloadTag || !reader.TryCopyTo(payload)) throw new InvalidDataException("The message is broken.");
            reader.Advance(value);
        }

        return new GrpcBytes(payload, answerBytes);
    }

    private static int WriteVarint(Span<byte> destination, int value)
    {
        var length = 0;
        for (; value >= 0x80; value >>= 7) destination[length++] = (byte)(value | 0x80);
        destination[length++] = (byte)value;
        return length;
    }

    private static int ReadVarint(ref SequenceReader<byte> reader)
    {
        var value = 0;
        for (var shift = 0; shift < 7 * MostVarintBytes; shift += 7)
        {
            if (!reader.TryRead(out var part)) break;
            value |= (part & 0x7f) << shift;
            if (part < 0x80) return value;
        }

        throw new InvalidDataException("The message is broken.");
    }
}
