using EdgeHost.Serialization;

namespace EdgeHost.Protocol.Messages;

/// <summary>The body of <see cref="HostMethods.OpenRegion"/>.</summary>
internal readonly record struct OpenRegionRequest(long Bytes) : IWireMessage<OpenRegionRequest>
{
    public static string JsonSchema => """{"type":"object","required":["bytes"],"properties":{"bytes":{"type":"integer","minimum":1}}}""";

    public static void Write(ref WireWriter writer, OpenRegionRequest value)
    {
        writer.WriteMapHeader(1);
        writer.WriteKey("bytes"u8);
        writer.Write(value.Bytes);
    }

    public static OpenRegionRequest Read(ref WireReader reader)
    {
        long? bytes = null;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var isBytes = reader.ReadKey().SequenceEqual("bytes"u8);
            reader.PushField("bytes");
            if (isBytes) bytes = reader.ReadInt64(1);
            else reader.Skip();
            reader.PopField();
        }

        reader.Leave();
        return new OpenRegionRequest(bytes ?? throw reader.Missing("bytes"));
    }
}

/// <summary>The answer to <see cref="HostMethods.OpenRegion"/>.</summary>
internal sealed record OpenRegionResponse(uint Region, long Bytes, string Path) : IWireMessage<OpenRegionResponse>
{
    private const int MaxPathLength = 4096;

    public static string JsonSchema =>
        """{"type":"object","required":["region","bytes","path"],"properties":{"region":{"type":"integer"},"bytes":{"type":"integer"},"path":{"type":"string"}}}""";

    public static void Write(ref WireWriter writer, OpenRegionResponse value)
    {
        writer.WriteMapHeader(3);
        writer.WriteKey("region"u8);
        writer.Write((ulong)value.Region);
        writer.WriteKey("bytes"u8);
        writer.Write(value.Bytes);
        writer.WriteKey("path"u8);
        writer.Write(value.Path);
    }

    public static OpenRegionResponse Read(ref WireReader reader)
    {
        uint? region = null;
        long? bytes = null;
        string? path = null;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("region"u8)) region = reader.ReadUInt32();
            else if (key.SequenceEqual("bytes"u8)) bytes = reader.ReadInt64(1);
            else if (key.SequenceEqual("path"u8)) path = reader.ReadString(MaxPathLength);
            else reader.Skip();
        }

        reader.Leave();
        return new OpenRegionResponse(
            region ?? throw reader.Missing("region"), bytes ?? throw reader.Missing("bytes"), path ?? throw reader.Missing("path"));
    }
}

/// <summary>The body of <see cref="HostMethods.CloseRegion"/>.</summary>
internal readonly record struct CloseRegionRequest(uint Region) : IWireMessage<CloseRegionRequest>
{
    public static string JsonSchema => """{"type":"object","required":["region"],"properties":{"region":{"type":"integer"}}}""";

    public static void Write(ref WireWriter writer, CloseRegionRequest value)
    {
        writer.WriteMapHeader(1);
        writer.WriteKey("region"u8);
        writer.Write((ulong)value.Region);
    }

    public static CloseRegionRequest Read(ref WireReader reader)
    {
        uint? region = null;
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var isRegion = reader.ReadKey().SequenceEqual("region"u8);
            reader.PushField("region");
            if (isRegion) region = reader.ReadUInt32();
            else reader.Skip();
            reader.PopField();
        }

        reader.Leave();
        return new CloseRegionRequest(region ?? throw reader.Missing("region"));
    }
}

/// <summary>The answer to <see cref="HostMethods.CloseRegion"/>: an empty map.</summary>
internal readonly record struct CloseRegionResponse : IWireMessage<CloseRegionResponse>
{
    public static string JsonSchema => """{"type":"object"}""";

    public static void Write(ref WireWriter writer, CloseRegionResponse value) => writer.WriteMapHeader(0);

    public static CloseRegionResponse Read(ref WireReader reader)
    {
        reader.Skip();
        return default;
    }
}
