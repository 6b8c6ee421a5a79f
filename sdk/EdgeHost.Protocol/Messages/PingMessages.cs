using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Messages;

/// <summary>The body of <see cref="HostMethods.Ping"/>.</summary>
internal readonly record struct PingRequest(ReadOnlyMemory<byte> Payload) : IWireMessage<PingRequest>
{
    public static string JsonSchema => """{"type":"object","properties":{"payload":{"type":"string","contentEncoding":"base64"}}}""";

    public static void Write(ref WireWriter writer, PingRequest value)
    {
        writer.WriteMapHeader(value.Payload.IsEmpty ? 0 : 1);
        if (value.Payload.IsEmpty) return;
        writer.WriteKey("payload"u8);
        writer.WriteBinary(value.Payload);
    }

    public static PingRequest Read(ref WireReader reader)
    {
        ReadOnlyMemory<byte> payload = default;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            if (!reader.ReadKey().SequenceEqual("payload"u8))
            {
                reader.Skip();
                continue;
            }

            reader.PushField("payload");
            payload = reader.TryReadNil() ? default : reader.ReadBinary();
            reader.PopField();
        }

        reader.Leave();
        return new PingRequest(payload);
    }
}

/// <summary>The answer to <see cref="HostMethods.Ping"/>: how many bytes the payload had.</summary>
internal readonly record struct PingResponse(long Bytes) : IWireMessage<PingResponse>
{
    public static string JsonSchema => """{"type":"object","required":["bytes"],"properties":{"bytes":{"type":"integer"}}}""";

    public static void Write(ref WireWriter writer, PingResponse value)
    {
        writer.WriteMapHeader(1);
        writer.WriteKey("bytes"u8);
        writer.Write(value.Bytes);
    }

    public static PingResponse Read(ref WireReader reader)
    {
        long? bytes = null;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            if (reader.ReadKey().SequenceEqual("bytes"u8)) bytes = reader.ReadInt64(0);
            else reader.Skip();
        }

        reader.Leave();
        return new PingResponse(bytes ?? throw reader.Missing("bytes"));
    }
}
