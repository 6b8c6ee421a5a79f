using System.Globalization;
using System.Text.Json;

namespace EdgeHost.Host.Configuration;

/// <summary>The configuration as a JSON Schema, for editors: <c>edgehost config schema</c>, and <c>edgehost.schema.json</c> beside the executable.</summary>
internal static class ConfigurationJsonSchema
{
    /// <summary>The name of the file beside the executable.</summary>
    public const string FileName = "edgehost.schema.json";

    private const string TimePattern = "^ *[0-9]+([.][0-9]+)? *([mM][sS]|[sS]|[mM][iI][nN]|[hH]|[dD]) *$|^[0-9.]*[0-9]+:[0-9]+(:[0-9.]+)?$";
    private const string BytesPattern = "^ *[0-9]+([.][0-9]+)? *([kKmMgGtT][iI]?)?[bB] *$";
    private const string ModePattern = "^[0-7]{3,4}$";

    private static readonly OptionDocumentation Documentation = new();

    public static void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("$schema", "https://json-schema.org/draft/2020-12/schema");
        writer.WriteString("title", "EdgeHost configuration");
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        writer.WriteStartObject("$schema");
        writer.WriteString("type", "string");
        writer.WriteEndObject();
        foreach (var section in ConfigurationSections.All)
        {
            writer.WritePropertyName(section.Name);
            Write(writer, section.Name, section.Node, description: null, Activator.CreateInstance(section.Options));
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", value: false);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string path, OptionNode node, string? description, object? value)
    {
        writer.WriteStartObject();
        if (!string.IsNullOrEmpty(description)) writer.WriteString("description", description);
        switch (node.Shape)
        {
            case OptionShape.Group: WriteGroup(writer, path, node, value); break;
            case OptionShape.Map:
                WriteType(writer, node, "object");
                writer.WritePropertyName("additionalProperties");
                Write(writer, $"{path}:NAME", node.Item!, description: null, value: null);
                break;
            case OptionShape.List:
                WriteType(writer, node, "array");
                writer.WritePropertyName("items");
                Write(writer, $"{path}:0", node.Item!, description: null, value: null);
                break;
            default: WriteValue(writer, node, value); break;
        }

        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, string path, OptionNode node, object? value)
    {
        WriteType(writer, node, "object");
        writer.WriteStartObject("properties");
        foreach (var key in node.Keys)
        {
            var keyPath = $"{path}:{key.Name}";
            writer.WritePropertyName(key.Name);
            Write(writer, keyPath, key.Node, Describe(keyPath, key), value is null ? null : key.Property.GetValue(value));
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", value: false);
        if (!node.Keys.Any(key => key.IsRequired)) return;
        writer.WriteStartArray("required");
        foreach (var key in node.Keys.Where(key => key.IsRequired)) writer.WriteStringValue(key.Name);
        writer.WriteEndArray();
    }

    // A time's and a size's range cannot be said by keywords where they are text, so the description has what is allowed.
    private static string Describe(string path, OptionKey key)
    {
        var summary = Documentation.SummaryOf(key.Property);
        if (key.Node.Shape == OptionShape.Group) return summary;
        var takes = key.Node.Shape == OptionShape.Value ? $"Takes {OptionValue.Allowed(key.Node)}. " : string.Empty;
        return $"{summary} {takes}A change holds {(LiveKeys.Contains(path) ? "at once" : "after a restart")}.";
    }

    private static void WriteType(Utf8JsonWriter writer, OptionNode node, params ReadOnlySpan<string> types)
    {
        if (types.Length == 1 && !node.IsNullable)
        {
            writer.WriteString("type", types[0]);
            return;
        }

        writer.WriteStartArray("type");
        foreach (var type in types) writer.WriteStringValue(type);
        if (node.IsNullable) writer.WriteStringValue("null");
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, OptionNode node, object? value)
    {
        if (node.IsBytes) WriteType(writer, node, "integer", "string");
        else WriteType(writer, node, TypeOf(node.Type));
        if (node.Type.IsEnum && node.Type != typeof(UnixFileMode))
        {
            writer.WriteStartArray("enum");
            foreach (var name in Enum.GetNames(node.Type)) writer.WriteStringValue(name);
            if (node.IsNullable) writer.WriteNullValue();
            writer.WriteEndArray();
        }

        if (PatternOf(node) is { } pattern) writer.WriteString("pattern", pattern);
        if (node.Type == typeof(Uri)) writer.WriteString("format", "uri");
        if (node.Range is { } range && node.Type != typeof(TimeSpan))
        {
            writer.WriteNumber("minimum", Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture));
            if (Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture) is var most and < 9e18) writer.WriteNumber("maximum", most);
        }

        WriteDefault(writer, node, value);
    }

    private static string TypeOf(Type type)
        => type == typeof(bool) ? "boolean" : type == typeof(int) || type == typeof(long) ? "integer" : type == typeof(double) ? "number" : "string";

    private static string? PatternOf(OptionNode node)
        => node.Type == typeof(TimeSpan) ? TimePattern : node.Type == typeof(UnixFileMode) ? ModePattern : node.IsBytes ? BytesPattern : null;

    // Paths differ from machine to machine, and texts that must be given have none.
    private static void WriteDefault(Utf8JsonWriter writer, OptionNode node, object? value)
    {
        switch (value)
        {
            case null or string { Length: 0 }: break;
            case string text when Path.IsPathRooted(text): break;
            case bool truth: writer.WriteBoolean("default", truth); break;
            case double real: writer.WriteNumber("default", real); break;
            case int or long when !node.IsBytes: writer.WriteNumber("default", Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
            default: writer.WriteString("default", OptionValue.Show(node, value)); break;
        }
    }
}
