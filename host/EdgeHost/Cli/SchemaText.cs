using System.Globalization;
using System.Text.Json;

namespace EdgeHost.Host.Cli;

/// <summary>
/// A message's JSON Schema as lines of text, a field a line and what is inside it indented below. Schemas are a plugin's own and may be anything: depth and
/// number of lines are bounded, and what is not understood is shown as it is.
/// </summary>
internal sealed class SchemaText
{
    private const int MostDepth = 8;
    private const int MostLines = 500;
    private const int MostShownCharacters = 200;

    private static readonly string[] FormKeywords = ["anyOf", "oneOf", "allOf"];

    private static readonly (string Keyword, string Words)[] Limits =
    [
        ("minimum", "at least {0}"), ("exclusiveMinimum", "more than {0}"), ("maximum", "at most {0}"), ("exclusiveMaximum", "less than {0}"),
        ("minLength", "at least {0} characters"), ("maxLength", "at most {0} characters"), ("minItems", "at least {0} items"), ("maxItems", "at most {0} items"),
        ("maxProperties", "at most {0} names"), ("pattern", "matching {0}"), ("default", "default {0}"),
    ];

    private readonly JsonElement _root;
    private readonly string _binaries;
    private readonly List<string> _lines = [];

    private SchemaText(JsonElement root, string binaries)
    {
        _root = root;
        _binaries = binaries;
    }

    /// <summary>The lines of a schema, each indented by two.</summary>
    /// <param name="schema">The schema as JSON.</param>
    /// <param name="binaries">How bytes of a field are given, with <c>{0}</c> for its path.</param>
    public static IReadOnlyList<string> Of(string schema, string binaries)
    {
        try
        {
            using var document = JsonDocument.Parse(schema);
            var text = new SchemaText(document.RootElement, binaries);
            text.AddInside(document.RootElement, string.Empty, "  ", 0);
            return text._lines.Count == 0 ? ["  nothing"] : text._lines;
        }
        catch (JsonException)
        {
            return ["  a schema that is not JSON"];
        }
    }

    // The fields of an object, of an array's items, or of a map's values.
    private void AddInside(JsonElement node, string path, string indent, int depth)
    {
        node = Resolve(node);
        if (depth > MostDepth || node.ValueKind != JsonValueKind.Object) return;
        if (node.TryGetProperty("items", out var items)) AddInside(items, $"{path}.0", indent, depth + 1);
        else if (node.TryGetProperty("additionalProperties", out var values) && values.ValueKind == JsonValueKind.Object) AddInside(values, $"{path}.NAME", indent, depth + 1);
        foreach (var form in FormsOf(node)) AddInside(form, path, indent, depth + 1);
        if (!node.TryGetProperty("properties", out var properties) || properties.ValueKind != JsonValueKind.Object) return;
        var required = node.TryGetProperty("required", out var names) && names.ValueKind == JsonValueKind.Array ? names.EnumerateArray().Select(name => name.ToString()).ToHashSet() : [];
        foreach (var property in properties.EnumerateObject())
        {
            if (_lines.Count >= MostLines)
            {
                if (_lines[^1] != "  …") _lines.Add("  …");
                return;
            }

            var field = Resolve(property.Value);
            var place = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            var description = Text(property.Value, "description") ?? Text(field, "description");
            _lines.Add($"{indent}{property.Name}: {TypeOf(field, place, depth)}{(required.Contains(property.Name) ? ", required" : string.Empty)}{LimitsOf(field)}{(description is null ? string.Empty : $". {description}")}");
            AddInside(field, place, indent + "  ", depth + 1);
        }
    }

    private JsonElement Resolve(JsonElement node)
    {
        for (var steps = 0; steps < MostDepth && node.ValueKind == JsonValueKind.Object && Text(node, "$ref") is { } reference; steps++)
        {
            var place = _root;
            foreach (var part in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            {
                if (place.ValueKind != JsonValueKind.Object || !place.TryGetProperty(part, out place)) return node;
            }

            node = place;
        }

        return node;
    }

    private string TypeOf(JsonElement field, string path, int depth)
    {
        field = Resolve(field);
        if (field.ValueKind != JsonValueKind.Object || depth > MostDepth) return "anything";
        if (field.TryGetProperty("const", out var only)) return Shown(only);
        if (field.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array) return $"one of {string.Join(", ", values.EnumerateArray().Select(Shown))}";
        if (Text(field, "contentEncoding") is not null || Text(field, "format") == "binary") return $"bytes ({string.Format(CultureInfo.InvariantCulture, _binaries, path)})";
        if (field.TryGetProperty("items", out var items)) return $"array of {TypeOf(items, $"{path}.0", depth + 1)}";
        if (field.TryGetProperty("additionalProperties", out var named) && named.ValueKind == JsonValueKind.Object) return $"object of names, each with {TypeOf(named, $"{path}.NAME", depth + 1)}";
        var forms = FormsOf(field).Select(form => TypeOf(form, path, depth + 1)).Distinct(StringComparer.Ordinal).ToList();
        if (forms.Count > 0) return string.Join(" or ", forms);
        if (!field.TryGetProperty("type", out var type)) return field.TryGetProperty("properties", out _) ? "object" : "anything";
        return type.ValueKind == JsonValueKind.Array ? string.Join(" or ", type.EnumerateArray().Select(value => value.ToString())) : type.ToString();
    }

    private static IEnumerable<JsonElement> FormsOf(JsonElement node)
        => FormKeywords.SelectMany(keyword => node.TryGetProperty(keyword, out var forms) && forms.ValueKind == JsonValueKind.Array ? forms.EnumerateArray().ToArray() : []);

    private static string LimitsOf(JsonElement field)
    {
        if (field.ValueKind != JsonValueKind.Object) return string.Empty;
        var limits = Limits.Where(limit => field.TryGetProperty(limit.Keyword, out _))
            .Select(limit => string.Format(CultureInfo.InvariantCulture, limit.Words, Shown(field.GetProperty(limit.Keyword)))).ToList();
        return limits.Count == 0 ? string.Empty : $" ({string.Join(", ", limits)})";
    }

    private static string Shown(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return text.Length <= MostShownCharacters ? text : string.Concat(text.AsSpan(0, MostShownCharacters), "…");
    }

    private static string? Text(JsonElement node, string name)
        => node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
