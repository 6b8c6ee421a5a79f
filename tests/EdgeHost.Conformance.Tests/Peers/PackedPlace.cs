using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace EdgeHost.Conformance.Tests.Peers;

/// <summary>What an extension of type 1 says: a region, and where in it.</summary>
internal readonly record struct PackedPlace(uint Region, ulong Offset, uint Length)
{
    private const int Bytes = 16;

    public static JsonObject Write(JsonNode region, JsonNode offset, JsonNode length)
    {
        var payload = new byte[Bytes];
        BinaryPrimitives.WriteUInt32BigEndian(payload, (uint)region.GetValue<long>());
        BinaryPrimitives.WriteInt64BigEndian(payload.AsSpan(4), offset.GetValue<long>());
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(12), (uint)length.GetValue<long>());
        return new JsonObject { ["$ext"] = new JsonArray(1, Convert.ToHexStringLower(payload)) };
    }

    public static PackedPlace Read(JsonNode extension)
    {
        if (extension["$ext"] is not JsonArray { Count: 2 } parts || parts[0]!.GetValue<int>() != 1) throw new InvalidDataException($"{extension.ToJsonString()} is no extension of type 1");
        var payload = Convert.FromHexString(parts[1]!.GetValue<string>());
        if (payload.Length != Bytes) throw new InvalidDataException($"the extension has {payload.Length} bytes");
        return new PackedPlace(
            BinaryPrimitives.ReadUInt32BigEndian(payload), BinaryPrimitives.ReadUInt64BigEndian(payload.AsSpan(4)), BinaryPrimitives.ReadUInt32BigEndian(payload.AsSpan(12)));
    }
}
