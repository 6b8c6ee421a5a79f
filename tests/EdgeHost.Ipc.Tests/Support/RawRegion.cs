using System.Buffers;
using EdgeHost.Protocol;
using EdgeHost.Serialization;
using MessagePack;

namespace EdgeHost.Ipc.Tests.Support;

/// <summary>A region as a client of another language has it: a file to write into, and references of its own making.</summary>
internal sealed record RawRegion(uint Id, long Bytes, string Path)
{
    public static byte[] OpenBody(long bytes) => RawClient.Json($$"""{"bytes":{{bytes}}}""");

    public static RawRegion Open(RawClient client, long bytes)
    {
        client.Send(RawClient.Request(1, HostMethods.OpenRegion, OpenBody(bytes)));
        var answer = client.Receive()!;
        Assert.Null(answer.Error);
        using var json = System.Text.Json.JsonDocument.Parse(answer.Json);
        return new RawRegion(
            json.RootElement.GetProperty("region").GetUInt32(), json.RootElement.GetProperty("bytes").GetInt64(), json.RootElement.GetProperty("path").GetString()!);
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        RandomAccess.Write(file, bytes, offset);
    }

    public byte[] Body(string field, ulong offset, uint length) => Body(field, Id, offset, length);

    /// <summary>A map of one field that is a reference.</summary>
    public static byte[] Body(string field, uint region, ulong offset, uint length)
    {
        var payload = new byte[BinaryReference.PayloadBytes];
        new BinaryReference(region, offset, length).WriteTo(payload);
        return Body(field, BinaryReference.ExtensionType, payload);
    }

    public static byte[] Body(string field, sbyte type, byte[] payload)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(1);
        writer.Write(field);
        writer.WriteExtensionFormat(new ExtensionResult(type, payload));
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] PlainBody(string field, ReadOnlySpan<byte> bytes)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteMapHeader(1);
        writer.Write(field);
        writer.Write(bytes);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }
}
