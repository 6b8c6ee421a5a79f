using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeHost.Wyoming.Events;

/// <summary>
/// Reads events: a line of JSON with <c>type</c> and, where there are any, <c>data</c>, <c>data_length</c> and <c>payload_length</c>; so many bytes of further data as JSON,
/// which goes over the first; so many bytes of payload. Not thread-safe.
/// </summary>
internal sealed class WyomingReader(PipeReader input, WyomingOptions options)
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 16 };

    /// <summary>Reads the next event.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The event, or null: the other side has ended, perhaps within an event.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: what came is no event; <see cref="ErrorCode.ResourceExhausted"/>: it is too large. The stream is of no use then.</exception>
    public async ValueTask<WyomingEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadLineAsync(cancellationToken).ConfigureAwait(false) is not { } line) return null;
        var header = Parse(line, "line");
        if (header["type"] is not JsonValue type || type.GetValueKind() != JsonValueKind.String) throw Bad("its line has no 'type'");
        var data = header["data"] switch
        {
            null => [],
            JsonObject given => (JsonObject)given.DeepClone(),
            _ => throw Bad("its 'data' is no object"),
        };
        if (await ReadBytesAsync(LengthOf(header, "data_length"), cancellationToken).ConfigureAwait(false) is not { } more) return null;
        if (more.Length > 0)
        {
            foreach (var (name, value) in Parse(more, "data")) data[name] = value?.DeepClone();
        }

        return await ReadBytesAsync(LengthOf(header, "payload_length"), cancellationToken).ConfigureAwait(false) is { } payload
            ? new WyomingEvent(type.GetValue<string>(), data, payload)
            : null;
    }

    private async ValueTask<byte[]?> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var line = read.Buffer.Slice(0, end);
                if (line.Length > options.MaxHeaderBytes) throw TooLong("line", line.Length, options.MaxHeaderBytes, nameof(options.MaxHeaderBytes));
                var bytes = line.ToArray();
                input.AdvanceTo(read.Buffer.GetPosition(1, end));
                return bytes;
            }

            if (read.Buffer.Length > options.MaxHeaderBytes) throw TooLong("line", read.Buffer.Length, options.MaxHeaderBytes, nameof(options.MaxHeaderBytes));
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted) return null;
        }
    }

    private async ValueTask<byte[]?> ReadBytesAsync(int count, CancellationToken cancellationToken)
    {
        if (count == 0) return [];
        var read = await input.ReadAtLeastAsync(count, cancellationToken).ConfigureAwait(false);
        if (read.Buffer.Length < count)
        {
            input.AdvanceTo(read.Buffer.End);
            return null;
        }

        var bytes = read.Buffer.Slice(0, count).ToArray();
        input.AdvanceTo(read.Buffer.GetPosition(count));
        return bytes;
    }

    private int LengthOf(JsonObject header, string name)
    {
        if (header[name] is not { } node) return 0;
        if (node is not JsonValue value || !value.TryGetValue<long>(out var length) || length < 0) throw Bad($"its '{name}' is {node.ToJsonString()}");
        return length <= options.MaxEventBytes ? (int)length : throw TooLong(name, length, options.MaxEventBytes, nameof(options.MaxEventBytes));
    }

    private static JsonObject Parse(byte[] json, string part)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return NodeOf(document.RootElement) as JsonObject ?? throw Bad($"its {part} is no JSON object");
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The others: a name that comes twice; text that is no Unicode.
            throw Bad($"its {part} is no JSON: {e.Message}");
        }
    }

    // All of it at once: what is wrong shows here, not where it is looked at.
    private static JsonNode? NodeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new JsonObject(element.EnumerateObject().Select(static member => KeyValuePair.Create(member.Name, NodeOf(member.Value)))),
        JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(NodeOf)]),
        JsonValueKind.String => JsonValue.Create(element.GetString()),
        JsonValueKind.Number => element.TryGetInt64(out var whole) ? JsonValue.Create(whole) : JsonValue.Create(element.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create(element.GetBoolean()),
        _ => null,
    };

    private static EdgeHostException Bad(string why) => new(ErrorCode.InvalidArgument, $"What came is no Wyoming event: {why}.");

    private static EdgeHostException TooLong(string what, long length, int limit, string key)
        => new(ErrorCode.ResourceExhausted, $"The {what} of an event is at least {length} bytes; the limit is {limit} ({WyomingOptions.SectionName}:{key}).");
}
