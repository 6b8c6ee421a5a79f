using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using MessagePack;

namespace EdgeHost.Conformance.Tests.Notation;

/// <summary>MessagePack as JSON and back, in the notation of sdk/conformance/README.md.</summary>
internal static class PackJson
{
    private const int ShortestRepeat = 1024;

    public static byte[] Encode(JsonNode? value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        Write(ref writer, value);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static JsonNode? Decode(in ReadOnlySequence<byte> message)
    {
        var reader = new MessagePackReader(message);
        return Read(ref reader);
    }

    /// <summary>Bytes as the notation has them: in hex, or as a repeated byte if they are many and the same.</summary>
    public static JsonObject Binary(ReadOnlySpan<byte> bytes)
        => bytes.Length >= ShortestRepeat && bytes.IndexOfAnyExcept(bytes[0]) < 0
            ? new JsonObject { ["$bin_repeat"] = new JsonArray(Convert.ToHexStringLower(bytes[..1]), bytes.Length) }
            : new JsonObject { ["$bin"] = Convert.ToHexStringLower(bytes) };

    public static byte[] FromHex(string hex) => Convert.FromHexString(hex.Replace(" ", string.Empty, StringComparison.Ordinal));

    private static void Write(ref MessagePackWriter writer, JsonNode? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNil();
                break;
            case JsonArray array:
                writer.WriteArrayHeader(array.Count);
                foreach (var item in array) Write(ref writer, item);
                break;
            case JsonObject { Count: 1 } special when special.First().Key.StartsWith('$'):
                WriteSpecial(ref writer, special.First().Key, special.First().Value!);
                break;
            case JsonObject map:
                writer.WriteMapHeader(map.Count);
                foreach (var (key, field) in map)
                {
                    writer.Write(key);
                    Write(ref writer, field);
                }

                break;
            default:
                WriteScalar(ref writer, value.AsValue());
                break;
        }
    }

    private static void WriteScalar(ref MessagePackWriter writer, JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.String:
                writer.Write(value.GetValue<string>());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.GetValue<bool>());
                break;
            default:
                var text = value.ToJsonString();
                if (long.TryParse(text, CultureInfo.InvariantCulture, out var integer)) writer.Write(integer);
                else writer.Write(double.Parse(text, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteSpecial(ref MessagePackWriter writer, string form, JsonNode value)
    {
        switch (form)
        {
            case "$bin":
                writer.Write(FromHex(value.GetValue<string>()));
                break;
            case "$bin_repeat":
                var bytes = new byte[value[1]!.AsValue().TryGetValue(out long named) ? named : value[1]!.GetValue<int>()];
                bytes.AsSpan().Fill(FromHex(value[0]!.GetValue<string>())[0]);
                writer.Write(bytes);
                break;
            case "$str_repeat":
                writer.Write(string.Concat(Enumerable.Repeat(value[0]!.GetValue<string>(), value[1]!.GetValue<int>())));
                break;
            case "$int":
                var text = value.GetValue<string>();
                if (text.StartsWith('-')) writer.Write(long.Parse(text, CultureInfo.InvariantCulture));
                else writer.Write(ulong.Parse(text, CultureInfo.InvariantCulture));
                break;
            case "$float":
                writer.Write(value.GetValue<double>());
                break;
            case "$ext":
                writer.WriteExtensionFormat(new ExtensionResult((sbyte)value[0]!.GetValue<int>(), FromHex(value[1]!.GetValue<string>())));
                break;
            case "$raw":
                writer.WriteRaw(FromHex(value.GetValue<string>()));
                break;
            case "$nested":
                writer.WriteRaw(Enumerable.Repeat((byte)0x91, value.GetValue<int>()).Append((byte)0xc0).ToArray());
                break;
            default:
                throw new FormatException($"'{form}' is no form of a value to send.");
        }
    }

    private static JsonNode? Read(ref MessagePackReader reader)
    {
        switch (reader.NextMessagePackType)
        {
            case MessagePackType.Nil:
                reader.ReadNil();
                return null;
            case MessagePackType.Boolean:
                return JsonValue.Create(reader.ReadBoolean());
            case MessagePackType.Integer:
                return reader.NextCode == MessagePackCode.UInt64 ? JsonValue.Create(reader.ReadUInt64()) : JsonValue.Create(reader.ReadInt64());
            case MessagePackType.Float:
                return new JsonObject { ["$float"] = reader.ReadDouble() };
            case MessagePackType.String:
                return JsonValue.Create(reader.ReadString());
            case MessagePackType.Binary:
                return Binary(reader.ReadBytes()!.Value.ToArray());
            case MessagePackType.Extension:
                var extension = reader.ReadExtensionFormat();
                return new JsonObject { ["$ext"] = new JsonArray((int)extension.TypeCode, Convert.ToHexStringLower(extension.Data.ToArray())) };
            case MessagePackType.Array:
                var array = new JsonArray();
                for (var left = reader.ReadArrayHeader(); left > 0; left--) array.Add(Read(ref reader));
                return array;
            default:
                var map = new JsonObject();
                for (var left = reader.ReadMapHeader(); left > 0; left--)
                {
                    var key = Read(ref reader);
                    map[key is JsonValue text && text.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : key?.ToJsonString() ?? "null"] = Read(ref reader);
                }

                return map;
        }
    }
}
