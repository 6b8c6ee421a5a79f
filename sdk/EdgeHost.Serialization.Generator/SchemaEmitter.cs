using System.Globalization;
using System.Text;

namespace EdgeHost.Serialization.Generator;

/// <summary>Writes a message's JSON Schema as a C# expression: one literal, or literals joined with the schemas of nested messages.</summary>
internal sealed class SchemaEmitter
{
    private readonly List<string> _terms = [];
    private readonly StringBuilder _text = new();

    public static string Expression(WireMessageModel message)
    {
        var emitter = new SchemaEmitter();
        emitter.Message(message);
        emitter.Flush();
        return string.Join(" + ", emitter._terms);
    }

    private void Flush()
    {
        if (_text.Length == 0) return;
        _terms.Add(ReadEmitter.Literal(_text.ToString()));
        _text.Clear();
    }

    private void Message(WireMessageModel message)
    {
        // The description comes first: WireSchema.WithDescription relies on it.
        _text.Append('{');
        if (message.Description is not null) _text.Append("\"description\":").Append(Json.Quote(message.Description)).Append(',');
        _text.Append("\"type\":\"object\",\"properties\":{");
        var first = true;
        foreach (var property in message.Properties)
        {
            if (!first) _text.Append(',');
            first = false;
            _text.Append(Json.Quote(property.Key)).Append(':');
            Type(property.Type, property, property.Description, depth: 0);
        }

        _text.Append('}');
        var required = message.Properties.Where(static p => p.IsRequired).Select(static p => Json.Quote(p.Key)).ToArray();
        if (required.Length > 0) _text.Append(",\"required\":[").Append(string.Join(",", required)).Append(']');
        _text.Append('}');
    }

    private void Type(WireType type, WireProperty property, string? description, int depth)
    {
        if (type.Kind == WireKind.Message && !type.IsRecursive)
        {
            Nested(type, description);
            return;
        }

        _text.Append('{');
        if (description is not null) _text.Append("\"description\":").Append(Json.Quote(description)).Append(',');
        switch (type.Kind)
        {
            case WireKind.List or WireKind.Array:
                _text.Append("\"type\":\"array\",\"items\":");
                Type(type.Element!, property, null, depth + 1);
                Limit("maxItems", property, depth);
                break;
            case WireKind.Dictionary:
                _text.Append("\"type\":\"object\",\"additionalProperties\":");
                Type(type.Element!, property, null, depth + 1);
                Limit("maxProperties", property, depth);
                break;
            case WireKind.Enumeration:
                _text.Append("\"type\":\"string\",\"enum\":[")
                    .Append(string.Join(",", type.Names.Select(static n => Json.Quote(n.Wire)))).Append(']');
                break;
            case WireKind.Binary or WireKind.BinaryArray:
                _text.Append("\"type\":\"string\",\"contentEncoding\":\"base64\"");
                break;
            case WireKind.String:
                _text.Append("\"type\":\"string\"");
                Limit("maxLength", property, depth);
                break;
            case WireKind.Boolean:
                _text.Append("\"type\":\"boolean\"");
                break;
            case WireKind.Message:
                _text.Append("\"type\":\"object\"");
                break;
            default:
                Number(type, property);
                break;
        }

        if (depth == 0 && property.DefaultJson is not null) _text.Append(",\"default\":").Append(property.DefaultJson);
        _text.Append('}');
    }

    private void Nested(WireType type, string? description)
    {
        Flush();
        var name = $"{KnownNames.Serialization}WireSchema";
        _terms.Add(description is null
            ? $"{name}.Of<{type.Name}>()"
            : $"{name}.Of<{type.Name}>({ReadEmitter.Literal(Json.Quote(description))})");
    }

    private void Number(WireType type, WireProperty property)
    {
        var isInteger = type.Kind is WireKind.Int32 or WireKind.Int64 or WireKind.UInt32 or WireKind.Byte;
        _text.Append(isInteger ? "\"type\":\"integer\"" : "\"type\":\"number\"");
        var lowest = type.Kind is WireKind.UInt32 or WireKind.Byte ? 0 : double.NegativeInfinity;
        var highest = type.Kind switch
        {
            WireKind.Byte => byte.MaxValue,
            WireKind.UInt32 => uint.MaxValue,
            _ => double.PositiveInfinity,
        };
        var minimum = Json.Number(Math.Max(property.Minimum, lowest));
        var maximum = Json.Number(Math.Min(property.Maximum, highest));
        if (minimum is not null) _text.Append(",\"minimum\":").Append(minimum);
        if (maximum is not null) _text.Append(",\"maximum\":").Append(maximum);
    }

    private void Limit(string keyword, WireProperty property, int depth)
    {
        if (depth > 0 || property.MaxLength == int.MaxValue) return;
        _text.Append(",\"").Append(keyword).Append("\":").Append(property.MaxLength.ToString(CultureInfo.InvariantCulture));
    }
}
