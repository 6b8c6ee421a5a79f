using System.Globalization;
using System.Text.Json;

namespace EdgeHost.Host.Configuration;

/// <summary>The configuration as a JSON Schema, for editors: <c>edgehost config schema</c>.</summary>
internal static class ConfigurationJsonSchema
{
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
            Write(writer, section.Node, description: null);
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", value: false);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, OptionNode node, string? description)
    {
        writer.WriteStartObject();
        if (!string.IsNullOrEmpty(description)) writer.WriteString("description", description);
        switch (node.Shape)
        {
            case OptionShape.Group: WriteGroup(writer, node); break;
            case OptionShape.Map:
                writer.WriteString("type", "object");
                writer.WritePropertyName("additionalProperties");
                Write(writer, node.Item!, description: null);
                break;
            case OptionShape.List:
                writer.WriteString("type", "array");
                writer.WritePropertyName("items");
                Write(writer, node.Item!, description: null);
                break;
            default: WriteValue(writer, node); break;
        }

        writer.WriteEndObject();
    }

    private static void WriteGroup(Utf8JsonWriter writer, OptionNode node)
    {
        writer.WriteString("type", "object");
        writer.WriteStartObject("properties");
        foreach (var key in node.Keys)
        {
            writer.WritePropertyName(key.Name);
            Write(writer, key.Node, Documentation.SummaryOf(key.Property));
        }

        writer.WriteEndObject();
        writer.WriteBoolean("additionalProperties", value: false);
        if (!node.Keys.Any(key => key.IsRequired)) return;
        writer.WriteStartArray("required");
        foreach (var key in node.Keys.Where(key => key.IsRequired)) writer.WriteStringValue(key.Name);
        writer.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter writer, OptionNode node)
    {
        string[] types = node.Type == typeof(bool) ? ["boolean"]
            : node.IsBytes ? ["integer", "string"]
            : node.Type == typeof(int) || node.Type == typeof(long) ? ["integer"]
            : node.Type == typeof(double) ? ["number"] : ["string"];
        writer.WriteStartArray("type");
        foreach (var type in types) writer.WriteStringValue(type);
        if (node.IsNullable) writer.WriteStringValue("null");
        writer.WriteEndArray();
        if (node.Type.IsEnum && node.Type != typeof(UnixFileMode))
        {
            writer.WriteStartArray("enum");
            foreach (var name in Enum.GetNames(node.Type)) writer.WriteStringValue(name);
            if (node.IsNullable) writer.WriteNullValue();
            writer.WriteEndArray();
        }

        if (node.Range is not { } range || node.Type == typeof(TimeSpan)) return;
        writer.WriteNumber("minimum", Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture));
        if (Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture) is var most and < 9e18) writer.WriteNumber("maximum", most);
    }
}
