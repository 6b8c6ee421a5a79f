using EdgeHost.Protocol.Messages;
using EdgeHost.Serialization;

namespace EdgeHost.Protocol;

/// <summary>One method as <see cref="HostMethods.Capabilities"/> lists it. Immutable.</summary>
public sealed record CapabilityEntry : IWireMessage<CapabilityEntry>
{
    private const int MaxSchemaLength = 4 * 1024 * 1024;
    private const int MaxTextLength = 64 * 1024;
    private const int MaxNames = 1024;

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>The shape of the exchange.</summary>
    public CapabilityKind Kind { get; init; }

    /// <summary>The version of its messages; 0 if it is unavailable.</summary>
    public int Version { get; init; }

    /// <summary>Who serves it.</summary>
    public string Plugin { get; init; } = string.Empty;

    /// <summary>The version of who serves it.</summary>
    public string PluginVersion { get; init; } = string.Empty;

    /// <summary>One sentence about what it does.</summary>
    public string Summary { get; init; } = string.Empty;

    /// <summary>Ids of the models it may lease.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Tasks whose models it may find and lease.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>JSON Schema of the request body, as JSON.</summary>
    public string RequestSchema { get; init; } = "{}";

    /// <summary>JSON Schema of the response body, as JSON.</summary>
    public string ResponseSchema { get; init; } = "{}";

    /// <summary>JSON Schema of a stream's items, as JSON; null for a unary method.</summary>
    public string? ItemSchema { get; init; }

    /// <summary>JSON Schema of what the caller pushes, as JSON; null where nothing is pushed.</summary>
    public string? PushSchema { get; init; }

    /// <summary>A request body as JSON; binaries as <c>"@file"</c>.</summary>
    public string Example { get; init; } = "{}";

    /// <summary>Why it cannot be called now, or null. The members that its provider would tell are then empty.</summary>
    public string? Unavailable { get; init; }

    /// <inheritdoc/>
    public static string JsonSchema =>
        """{"type":"object","required":["method"],"properties":{"method":{"type":"string"},"kind":{"enum":["unary","server_stream","client_stream","duplex"]},"version":{"type":"integer"},"plugin":{"type":"string"},"plugin_version":{"type":"string"},"summary":{"type":"string"},"models":{"type":"array","items":{"type":"string"}},"tasks":{"type":"array","items":{"type":"string"}},"request_schema":{"type":"string"},"response_schema":{"type":"string"},"item_schema":{"type":"string"},"push_schema":{"type":"string"},"example":{"type":"string"},"unavailable":{"type":"string"}}}""";

    /// <inheritdoc/>
    public static void Write(ref WireWriter writer, CapabilityEntry value)
    {
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteMapHeader(10 + (value.Tasks.Count == 0 ? 0 : 1) + (value.ItemSchema is null ? 0 : 1) + (value.PushSchema is null ? 0 : 1) + (value.Unavailable is null ? 0 : 1));
        writer.WriteKey("method"u8);
        writer.Write(value.Method);
        writer.WriteKey("kind"u8);
        writer.Write(WireNames.Of(value.Kind));
        writer.WriteKey("version"u8);
        writer.Write((long)value.Version);
        writer.WriteKey("plugin"u8);
        writer.Write(value.Plugin);
        writer.WriteKey("plugin_version"u8);
        writer.Write(value.PluginVersion);
        writer.WriteKey("summary"u8);
        writer.Write(value.Summary);
        writer.WriteKey("models"u8);
        WriteNames(ref writer, value.Models);
        if (value.Tasks.Count > 0)
        {
            writer.WriteKey("tasks"u8);
            WriteNames(ref writer, value.Tasks);
        }

        writer.WriteKey("request_schema"u8);
        writer.Write(value.RequestSchema);
        writer.WriteKey("response_schema"u8);
        writer.Write(value.ResponseSchema);
        if (value.ItemSchema is not null)
        {
            writer.WriteKey("item_schema"u8);
            writer.Write(value.ItemSchema);
        }

        if (value.PushSchema is not null)
        {
            writer.WriteKey("push_schema"u8);
            writer.Write(value.PushSchema);
        }

        writer.WriteKey("example"u8);
        writer.Write(value.Example);
        if (value.Unavailable is null) return;
        writer.WriteKey("unavailable"u8);
        writer.Write(value.Unavailable);
    }

    /// <inheritdoc/>
    public static CapabilityEntry Read(ref WireReader reader)
    {
        var entry = new CapabilityEntry { Method = string.Empty };
        for (var count = reader.EnterMap(); count > 0; count--)
        {
            var key = reader.ReadKey();
            if (key.SequenceEqual("method"u8)) entry = entry with { Method = reader.ReadString(WireProtocol.MaxNameLength) };
            else if (key.SequenceEqual("kind"u8)) entry = entry with { Kind = WireNames.Kind(reader.ReadString(WireProtocol.MaxNameLength)) ?? throw reader.Invalid("has an unknown kind") };
            else if (key.SequenceEqual("version"u8)) entry = entry with { Version = (int)reader.ReadInt64(0, int.MaxValue) };
            else if (key.SequenceEqual("plugin"u8)) entry = entry with { Plugin = reader.ReadString(MaxTextLength) };
            else if (key.SequenceEqual("plugin_version"u8)) entry = entry with { PluginVersion = reader.ReadString(MaxTextLength) };
            else if (key.SequenceEqual("summary"u8)) entry = entry with { Summary = reader.ReadString(MaxTextLength) };
            else if (key.SequenceEqual("models"u8)) entry = entry with { Models = ReadNames(ref reader) };
            else if (key.SequenceEqual("tasks"u8)) entry = entry with { Tasks = ReadNames(ref reader) };
            else if (key.SequenceEqual("request_schema"u8)) entry = entry with { RequestSchema = reader.ReadString(MaxSchemaLength) };
            else if (key.SequenceEqual("response_schema"u8)) entry = entry with { ResponseSchema = reader.ReadString(MaxSchemaLength) };
            else if (key.SequenceEqual("item_schema"u8)) entry = entry with { ItemSchema = reader.TryReadNil() ? null : reader.ReadString(MaxSchemaLength) };
            else if (key.SequenceEqual("push_schema"u8)) entry = entry with { PushSchema = reader.TryReadNil() ? null : reader.ReadString(MaxSchemaLength) };
            else if (key.SequenceEqual("example"u8)) entry = entry with { Example = reader.ReadString(MaxSchemaLength) };
            else if (key.SequenceEqual("unavailable"u8)) entry = entry with { Unavailable = reader.TryReadNil() ? null : reader.ReadString(MaxTextLength) };
            else reader.Skip();
        }

        reader.Leave();
        return entry.Method.Length > 0 ? entry : throw reader.Missing("method");
    }

    private static void WriteNames(ref WireWriter writer, IReadOnlyList<string> names)
    {
        writer.WriteArrayHeader(names.Count);
        foreach (var name in names)
        {
            writer.Write(name);
        }
    }

    private static List<string> ReadNames(ref WireReader reader)
    {
        var names = new List<string>();
        for (var count = reader.EnterArray(MaxNames); count > 0; count--)
        {
            names.Add(reader.ReadString(MaxTextLength));
        }

        reader.Leave();
        return names;
    }
}
