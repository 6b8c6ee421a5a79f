using System.Buffers;
using System.Text.Json;
using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Descriptions;

/// <summary>The form of a plugin's kept descriptions: JSON, read without trust, since anything may have happened to a file.</summary>
internal static class DescriptionFile
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64 };

    public static ReadOnlyMemory<byte> Write(string key, IEnumerable<CapabilityDescriptor> descriptors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("key", key);
        writer.WriteStartArray("capabilities");
        foreach (var descriptor in descriptors.OrderBy(descriptor => descriptor.Method, StringComparer.Ordinal)) Write(writer, descriptor);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>Reads descriptions, by method.</summary>
    /// <returns>Null where the file is not one, or is for another key.</returns>
    public static IReadOnlyDictionary<string, CapabilityDescriptor>? Read(ReadOnlyMemory<byte> json, string key)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            if (document.RootElement.GetProperty("key").GetString() != key) return null;
            return document.RootElement.GetProperty("capabilities").EnumerateArray().Select(Read).ToDictionary(descriptor => descriptor.Method, StringComparer.Ordinal);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, CapabilityDescriptor descriptor)
    {
        writer.WriteStartObject();
        writer.WriteString("method", descriptor.Method);
        writer.WriteString("kind", descriptor.Kind.ToString());
        writer.WriteNumber("version", descriptor.Version);
        writer.WriteString("summary", descriptor.Summary);
        writer.WriteString("request", descriptor.RequestSchema);
        writer.WriteString("response", descriptor.ResponseSchema);
        writer.WriteString("item", descriptor.ItemSchema);
        writer.WriteString("push", descriptor.PushSchema);
        writer.WriteBoolean("resolves_references", descriptor.ResolvesReferences);
        writer.WriteString("example", descriptor.ExampleRequest);
        writer.WriteStartArray("models");
        foreach (var model in descriptor.Models) writer.WriteStringValue(model);
        writer.WriteEndArray();
        writer.WriteStartArray("tasks");
        foreach (var task in descriptor.Tasks) writer.WriteStringValue(task);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static CapabilityDescriptor Read(JsonElement json)
    {
        var kind = Enum.Parse<CapabilityKind>(Text(json, "kind"));
        var version = json.GetProperty("version").GetInt32();
        if (!Enum.IsDefined(kind) || version < 1) throw new FormatException();
        return new CapabilityDescriptor
        {
            Method = Text(json, "method"),
            Kind = kind,
            Version = version,
            Summary = Text(json, "summary"),
            RequestSchema = Schema(json, "request")!,
            ResponseSchema = Schema(json, "response")!,
            ItemSchema = Schema(json, "item", mayMiss: true),
            PushSchema = Schema(json, "push", mayMiss: true),
            ResolvesReferences = json.GetProperty("resolves_references").GetBoolean(),
            ExampleRequest = Schema(json, "example")!,
            Models = Names(json, "models"),
            Tasks = Names(json, "tasks"),
        };
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString() ?? throw new FormatException();

    private static string[] Names(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString() ?? throw new FormatException())];

    // What clients parse is JSON, whoever wrote the file.
    private static string? Schema(JsonElement json, string name, bool mayMiss = false)
    {
        if (json.GetProperty(name).GetString() is not { } text) return mayMiss ? null : throw new FormatException();
        using var parsed = JsonDocument.Parse(text, Strict);
        return text;
    }
}
