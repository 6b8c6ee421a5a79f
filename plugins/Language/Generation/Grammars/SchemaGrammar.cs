using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EdgeHost.Plugins.Language.Generation.Grammars;

/// <summary>
/// Makes a grammar of a JSON schema: whatever matches the grammar satisfies the schema, in one of the ways that it allows (properties in the schema's order, no others where it names some, hardly any blanks). Keywords that it cannot
/// hold to are errors; those that only describe are left out. For one schema.
/// </summary>
internal sealed class SchemaGrammar
{
    private const int MostDepth = 64;
    private const int MostRules = 5_000;

    private static readonly HashSet<string> Describing = new(StringComparer.Ordinal)
    {
        "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "format", "additionalProperties", "required", "strict", "name",
    };

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonElement _root;
    private readonly StringBuilder _rules = new();
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal);
    private int _count;
    private int _depth;

    private SchemaGrammar(JsonElement root) => _root = root;

    /// <summary>Makes it.</summary>
    /// <param name="schema">The schema as JSON.</param>
    /// <returns>The grammar in GBNF.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no JSON schema, or has what cannot be held to, and what.</exception>
    public static string Make(string schema)
    {
        try
        {
            using var json = JsonDocument.Parse(schema, new JsonDocumentOptions { MaxDepth = 128 });
            var made = new SchemaGrammar(json.RootElement);
            made.Write("root", made.Of(json.RootElement));
            made._rules.Append(Common);
            return made._rules.ToString();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Bad(e.Message);
        }
    }

    private const string Common = """
        value ::= object | array | string | number | "true" | "false" | "null"
        object ::= "{" (string ":" ws value ("," ws string ":" ws value)*)? "}"
        array ::= "[" (value ("," ws value)*)? "]"
        string ::= "\"" char* "\""
        char ::= [^"\\\x00-\x1F\x7F] | "\\" (["\\/bfnrt] | "u" ([0-9a-cA-Ce-fE-F] hex hex hex | [dD] [0-7] hex hex))
        hex ::= [0-9a-fA-F]
        number ::= integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,2})?
        integer ::= "-"? ("0" | [1-9] [0-9]{0,15})
        ws ::= " "?
        """;

    private string Of(JsonElement schema)
    {
        if (++_depth > MostDepth) throw Bad($"it is nested deeper than {MostDepth}");
        var made = Expression(schema);
        _depth--;
        return made;
    }

    private string Expression(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.True) return "value";
        if (schema.ValueKind != JsonValueKind.Object) throw Bad("a schema is an object or true");
        if (schema.TryGetProperty("$ref", out var reference))
        {
            Check(schema, "$ref");
            return Reference(reference.GetString()!);
        }

        if (schema.TryGetProperty("const", out var constant))
        {
            Check(schema, "const", "type");
            return Literal(constant);
        }

        if (schema.TryGetProperty("enum", out var values))
        {
            Check(schema, "enum", "type");
            return values.GetArrayLength() > 0 ? Choice(values.EnumerateArray().Select(Literal)) : throw Bad("'enum' is empty");
        }

        foreach (var choice in (string[])["anyOf", "oneOf", "allOf"])
        {
            if (!schema.TryGetProperty(choice, out var parts)) continue;
            Check(schema, choice);
            if (choice == "allOf" && parts.GetArrayLength() != 1) throw Bad("'allOf' with several schemas is not known");
            return Choice(parts.EnumerateArray().Select(Of));
        }

        if (!schema.TryGetProperty("type", out var type)) return Typed(schema, schema.TryGetProperty("properties", out _) ? "object" : schema.TryGetProperty("items", out _) ? "array" : null);
        return type.ValueKind == JsonValueKind.Array ? Choice(type.EnumerateArray().Select(one => Typed(schema, one.GetString()))) : Typed(schema, type.GetString());
    }

    private string Typed(JsonElement schema, string? type)
    {
        switch (type)
        {
            case null:
                Check(schema);
                return "value";
            case "object":
                Check(schema, "type", "properties");
                return Object(schema);
            case "array":
                Check(schema, "type", "items", "minItems", "maxItems");
                return Array(schema);
            case "string":
                Check(schema, "type", "minLength", "maxLength");
                return Text(schema);
            case "number" or "integer":
                Check(schema, "type");
                return type;
            case "boolean":
                Check(schema, "type");
                return "(\"true\" | \"false\")";
            case "null":
                Check(schema, "type");
                return "\"null\"";
            default:
                throw Bad($"the type '{type}' is not known");
        }
    }

    // One rule for each property and whether one is before it: what is optional may be left out, and commas stand between.
    private string Object(JsonElement schema)
    {
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(static name => name.GetString()!).ToHashSet(StringComparer.Ordinal) : [];
        if (!schema.TryGetProperty("properties", out var properties) || !properties.EnumerateObject().Any())
        {
            if (required.Count > 0) throw Bad("'required' names properties that 'properties' does not describe");
            return Map(schema);
        }

        var all = properties.EnumerateObject().ToList();
        if (required.Except(all.Select(static property => property.Name)).FirstOrDefault() is { } missing) throw Bad($"'required' names '{missing}', which 'properties' does not describe");
        var pairs = all.ConvertAll(property => $"{Quote(JsonSerializer.Serialize(property.Name, Plain))} \":\" ws {Of(property.Value)}");
        string? first = null;
        string? later = null;
        for (var i = pairs.Count - 1; i >= 0; i--)
        {
            var behind = later is null ? string.Empty : $" {later}";
            var isOptional = !required.Contains(all[i].Name);
            var nextFirst = Rule($"{pairs[i]}{behind}{(isOptional ? $" | {first ?? "\"\""}" : string.Empty)}");
            var nextLater = Rule($"\",\" ws {pairs[i]}{behind}{(isOptional ? $" | {later ?? "\"\""}" : string.Empty)}");
            (first, later) = (nextFirst, nextLater);
        }

        return $"(\"{{\" {first} \"}}\")";
    }

    private string Map(JsonElement schema)
    {
        if (!schema.TryGetProperty("additionalProperties", out var more) || more.ValueKind == JsonValueKind.True) return "object";
        if (more.ValueKind == JsonValueKind.False) return "\"{}\"";
        var pair = Rule($"string \":\" ws {Of(more)}");
        return $"(\"{{\" ({pair} (\",\" ws {pair})*)? \"}}\")";
    }

    private string Array(JsonElement schema)
    {
        var item = schema.TryGetProperty("items", out var items) ? Rule(Of(items)) : "value";
        var (least, most) = (Bound(schema, "minItems") ?? 0, Bound(schema, "maxItems"));
        if (most == 0) return least == 0 ? "\"[]\"" : throw Bad("'minItems' is above 'maxItems'");
        if (most < least) throw Bad("'minItems' is above 'maxItems'");
        var more = $"(\",\" ws {item}){{{Math.Max(0, least - 1)},{(most is { } end ? (end - 1).ToString(CultureInfo.InvariantCulture) : string.Empty)}}}";
        return least == 0 ? $"(\"[\" ({item} {more})? \"]\")" : $"(\"[\" {item} {more} \"]\")";
    }

    private static string Text(JsonElement schema)
    {
        var (least, most) = (Bound(schema, "minLength"), Bound(schema, "maxLength"));
        if (least is null && most is null) return "string";
        if (most < least) throw Bad("'minLength' is above 'maxLength'");
        return $"(\"\\\"\" char{{{least ?? 0},{most}}} \"\\\"\")";
    }

    private static int? Bound(JsonElement schema, string name)
    {
        if (!schema.TryGetProperty(name, out var value)) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= 0 ? number : throw Bad($"'{name}' is no whole number of at least 0");
    }

    private string Reference(string reference)
    {
        if (_references.TryGetValue(reference, out var known)) return known;
        if (!reference.StartsWith('#')) throw Bad($"the reference '{reference}' leads outside of the schema");
        var target = _root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!target.TryGetProperty(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal), out target)) throw Bad($"the reference '{reference}' leads nowhere");
        }

        // Named before it is read, since it may refer to itself.
        var name = NewName();
        _references[reference] = name;
        Write(name, Of(target));
        return name;
    }

    private static string Choice(IEnumerable<string> parts) => $"({string.Join(" | ", parts)})";

    private static string Literal(JsonElement value) => Quote(JsonSerializer.Serialize(value, Plain));

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var character in text) quoted.Append(character is '"' or '\\' ? $"\\{character}" : character is '\n' ? "\\n" : character.ToString());
        return quoted.Append('"').ToString();
    }

    private string Rule(string expression)
    {
        var name = NewName();
        Write(name, expression);
        return name;
    }

    private string NewName() => _count++ < MostRules ? string.Create(CultureInfo.InvariantCulture, $"r{_count}") : throw Bad($"it makes more than {MostRules} rules");

    private void Write(string name, string expression) => _rules.Append(name).Append(" ::= ").AppendLine(expression);

    private static void Check(JsonElement schema, params string[] known)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            if (!known.Contains(keyword.Name) && !Describing.Contains(keyword.Name)) throw Bad($"the keyword '{keyword.Name}' is not known here");
        }
    }

    private static EdgeHostException Bad(string what) => new(ErrorCode.InvalidArgument, $"'response_schema' cannot be used: {what}.");
}
