using System.Text.Json;
using EdgeHost.Protocol;

namespace EdgeHost.Host.Cli;

/// <summary>Says in lines of text what a method takes and gives, from its schemas.</summary>
internal static class MethodDescription
{
    private const int MostDepth = 8;

    public static IEnumerable<string> Of(CapabilityEntry entry)
    {
        yield return $"{entry.Method} ({KindOf(entry.Kind)}), version {entry.Version}, by {entry.Plugin} {entry.PluginVersion}";
        if (entry.Summary.Length > 0) yield return entry.Summary;
        if (entry.Unavailable is not null) yield return $"It cannot be called now: {entry.Unavailable}";
        if (entry.Models.Count > 0) yield return $"Models: {string.Join(", ", entry.Models)}";
        foreach (var (title, schema) in new[]
        {
            ("Request", entry.RequestSchema), ("Items pushed", entry.PushSchema), ("Items", entry.ItemSchema), ("Response", entry.ResponseSchema),
        })
        {
            if (schema is null) continue;
            yield return string.Empty;
            yield return $"{title}:";
            foreach (var line in Fields(schema)) yield return line;
        }

        yield return string.Empty;
        yield return "Example:";
        yield return $"  edgehost call {entry.Method}{Arguments(entry)}";
    }

    private static List<string> Fields(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        var lines = new List<string>();
        AddFields(lines, document.RootElement, document.RootElement, "  ", 0);
        if (lines.Count == 0) lines.Add("  nothing");
        return lines;
    }

    private static void AddFields(List<string> lines, JsonElement root, JsonElement node, string indent, int depth)
    {
        node = Resolve(root, node);
        if (depth > MostDepth || node.ValueKind != JsonValueKind.Object) return;
        if (node.TryGetProperty("items", out var items))
        {
            AddFields(lines, root, items, indent, depth + 1);
            return;
        }

        if (!node.TryGetProperty("properties", out var properties)) return;
        var required = node.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            var field = Resolve(root, property.Value);
            var description = Text(property.Value, "description") ?? Text(field, "description");
            lines.Add($"{indent}{property.Name}: {TypeOf(root, field)}{(required.Contains(property.Name) ? ", required" : string.Empty)}{Bounds(field)}{(description is null ? string.Empty : $". {description}")}");
            AddFields(lines, root, field, indent + "  ", depth + 1);
        }
    }

    private static JsonElement Resolve(JsonElement root, JsonElement node)
    {
        for (var steps = 0; steps < MostDepth && node.ValueKind == JsonValueKind.Object && node.TryGetProperty("$ref", out var reference); steps++)
        {
            var place = root;
            foreach (var part in (reference.GetString() ?? string.Empty).TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(part, out place)) return node;
            }

            node = place;
        }

        return node;
    }

    private static string TypeOf(JsonElement root, JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.Object) return "anything";
        if (field.TryGetProperty("enum", out var values)) return $"one of {string.Join(", ", values.EnumerateArray().Select(value => value.ToString()))}";
        if (Text(field, "contentEncoding") is not null || Text(field, "format") == "binary") return "bytes (--file FIELD=PATH)";
        if (field.TryGetProperty("items", out var items)) return $"array of {TypeOf(root, Resolve(root, items))}";
        if (!field.TryGetProperty("type", out var type)) return field.TryGetProperty("properties", out _) ? "object" : "anything";
        return type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(value => value.ToString())) : type.ToString();
    }

    private static string Bounds(JsonElement field)
    {
        var parts = new List<string>();
        foreach (var (name, words) in new[]
        {
            ("minimum", "at least"), ("maximum", "at most"), ("minLength", "at least characters:"), ("maxLength", "at most characters:"), ("minItems", "at least items:"),
            ("maxItems", "at most items:"), ("default", "default"),
        })
        {
            if (field.ValueKind == JsonValueKind.Object && field.TryGetProperty(name, out var value)) parts.Add($"{words} {value}");
        }

        return parts.Count == 0 ? string.Empty : $" ({string.Join(", ", parts)})";
    }

    private static string? Text(JsonElement node, string name)
        => node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // Binaries of the example become files, the rest stays JSON.
    private static string Arguments(CapabilityEntry entry)
    {
        using var example = JsonDocument.Parse(entry.Example);
        var (rest, files) = (new Dictionary<string, JsonElement>(), new List<string>());
        foreach (var property in example.RootElement.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.String && property.Value.GetString() == "@file") files.Add($" --file {property.Name}=FILE");
            else rest[property.Name] = property.Value;
        }

        var json = rest.Count == 0 ? string.Empty : $" --json '{{{string.Join(',', rest.Select(pair => $"\"{pair.Key}\":{pair.Value.GetRawText()}"))}}}'";
        var stream = entry.Kind switch { CapabilityKind.ServerStream => " --stream", CapabilityKind.Unary => string.Empty, _ => " --push" };
        return $"{string.Concat(files)}{json}{stream}";
    }

    private static string KindOf(CapabilityKind kind) => kind switch
    {
        CapabilityKind.ServerStream => "server stream",
        CapabilityKind.ClientStream => "client stream",
        CapabilityKind.Duplex => "duplex",
        _ => "unary",
    };
}
