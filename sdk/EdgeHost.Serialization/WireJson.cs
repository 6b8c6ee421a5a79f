using System.Buffers;
using System.Text.Json;
using MessagePack;

namespace EdgeHost.Serialization;

/// <summary>
/// Turns JSON into MessagePack bodies and back, for people at a command line and for HTTP. Both directions are bounded by
/// <see cref="WireReader.MaxDepth"/>. Thread-safe.
/// </summary>
public static class WireJson
{
    /// <summary>Turns JSON text into MessagePack.</summary>
    /// <param name="utf8Json">The text as UTF-8.</param>
    /// <param name="binaryFields">Binary values by their field's path, for example <c>image</c> or <c>options.mask</c>. They replace or
    /// add fields of the object, since JSON has no binary; null for none.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not JSON, nested too deep, or a binary field's
    /// place does not exist.</exception>
    public static byte[] ToMessagePack(
        ReadOnlyMemory<byte> utf8Json, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? binaryFields = null)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8Json, new JsonDocumentOptions { MaxDepth = WireReader.MaxDepth });
        }
        catch (JsonException e)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The text is not well-formed JSON of at most {WireReader.MaxDepth} levels (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).",
                e);
        }

        using (document)
        {
            return ToMessagePack(document.RootElement, binaryFields);
        }
    }

    /// <summary>Turns a JSON value into MessagePack.</summary>
    /// <param name="json">The value.</param>
    /// <param name="binaryFields">Binary values by their field's path; null for none.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: nested too deep, a number that no 64-bit form can
    /// hold, or a binary field's place does not exist.</exception>
    public static byte[] ToMessagePack(JsonElement json, IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? binaryFields = null)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(buffer);
        new JsonToMessagePack(binaryFields).WriteRoot(ref writer, json);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>
    /// Writes a MessagePack value as JSON. Binaries become base64; an extension value becomes <c>{"extension": type, "data": base64}</c>;
    /// floats that JSON lacks become the texts <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c>.
    /// </summary>
    /// <param name="messagePack">The value, untrusted, with nothing after it.</param>
    /// <param name="writer">Where the JSON goes; not flushed.</param>
    /// <param name="replaceBinary">Given a binary's path (<c>audio</c>, <c>items.0.image</c>) and bytes, the text that stands for it, or null
    /// for base64. For callers that put binaries elsewhere, such as into files.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: not one well-formed value, or one with a key that is
    /// not a string; part of it may have been written.</exception>
    public static void WriteTo(
        ReadOnlyMemory<byte> messagePack, Utf8JsonWriter writer, Func<string, ReadOnlyMemory<byte>, string?>? replaceBinary = null)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var reader = new WireReader(messagePack);
        Write(ref reader, writer, replaceBinary, string.Empty);
        if (!reader.End) throw reader.Invalid($"is followed by {messagePack.Length - reader.Consumed} bytes that belong to nothing");
    }

    private static void Write(
        ref WireReader reader, Utf8JsonWriter writer, Func<string, ReadOnlyMemory<byte>, string?>? replaceBinary, string path)
    {
        switch (reader.NextType)
        {
            case MessagePackType.Nil:
                reader.TryReadNil();
                writer.WriteNullValue();
                break;
            case MessagePackType.Boolean:
                writer.WriteBooleanValue(reader.ReadBoolean());
                break;
            case MessagePackType.Integer:
                var integer = reader.ReadInteger();
                if (integer > long.MaxValue) writer.WriteNumberValue((ulong)integer);
                else writer.WriteNumberValue((long)integer);
                break;
            case MessagePackType.Float:
                var number = reader.ReadAnyDouble();
                if (double.IsFinite(number)) writer.WriteNumberValue(number);
                else writer.WriteStringValue(double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
                break;
            case MessagePackType.String:
                writer.WriteStringValue(reader.ReadString());
                break;
            case MessagePackType.Binary:
                var binary = reader.ReadBinary();
                if (replaceBinary?.Invoke(path, binary) is { } text) writer.WriteStringValue(text);
                else writer.WriteBase64StringValue(binary.Span);
                break;
            case MessagePackType.Array:
                WriteArray(ref reader, writer, replaceBinary, path);
                break;
            case MessagePackType.Map:
                WriteMap(ref reader, writer, replaceBinary, path);
                break;
            case MessagePackType.Extension:
                var data = reader.ReadExtension(out var type);
                writer.WriteStartObject();
                writer.WriteNumber("extension", type);
                writer.WriteBase64String("data", data.Span);
                writer.WriteEndObject();
                break;
            default:
                throw reader.Malformed(null);
        }
    }

    private static void WriteArray(
        ref WireReader reader, Utf8JsonWriter writer, Func<string, ReadOnlyMemory<byte>, string?>? replaceBinary, string path)
    {
        writer.WriteStartArray();
        var count = reader.EnterArray();
        for (var i = 0; i < count; i++)
        {
            Write(ref reader, writer, replaceBinary, replaceBinary is null ? path : Join(path, $"{i}"));
        }

        reader.Leave();
        writer.WriteEndArray();
    }

    private static void WriteMap(
        ref WireReader reader, Utf8JsonWriter writer, Func<string, ReadOnlyMemory<byte>, string?>? replaceBinary, string path)
    {
        writer.WriteStartObject();
        for (var left = reader.EnterMap(); left > 0; left--)
        {
            var name = reader.ReadName();
            reader.PushField(name);
            writer.WritePropertyName(name);
            Write(ref reader, writer, replaceBinary, replaceBinary is null ? path : Join(path, name));
            reader.PopField();
        }

        reader.Leave();
        writer.WriteEndObject();
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
