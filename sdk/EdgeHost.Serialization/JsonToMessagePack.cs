using System.Text.Json;

namespace EdgeHost.Serialization;

/// <summary>One conversion of a JSON value, with the binary fields that are put into it.</summary>
internal sealed class JsonToMessagePack
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _binaries = new(StringComparer.Ordinal);

    // Field names to add, by the path of the object that they belong to.
    private readonly Dictionary<string, List<string>> _additions = new(StringComparer.Ordinal);

    public JsonToMessagePack(IReadOnlyDictionary<string, ReadOnlyMemory<byte>>? binaries)
    {
        foreach (var (path, binary) in binaries ?? new Dictionary<string, ReadOnlyMemory<byte>>(0))
        {
            _binaries.Add(path, binary);
            var dot = path.LastIndexOf('.');
            var parent = dot < 0 ? string.Empty : path[..dot];
            if (!_additions.TryGetValue(parent, out var names)) _additions.Add(parent, names = []);
            names.Add(path[(dot + 1)..]);
        }
    }

    public void WriteRoot(ref WireWriter writer, JsonElement json)
    {
        Write(ref writer, json, string.Empty, 0);
        foreach (var (parent, names) in _additions)
        {
            var place = parent.Length == 0 ? "the body is" : $"'{parent}' is";
            throw Invalid($"The binary field '{names[0]}' has no place: {place} not an object of the JSON.");
        }
    }

    private static EdgeHostException Invalid(string message) => new(ErrorCode.InvalidArgument, message);

    private static void WriteNumber(ref WireWriter writer, JsonElement json, string path)
    {
        if (json.TryGetInt64(out var integer)) writer.Write(integer);
        else if (json.TryGetUInt64(out var unsigned)) writer.Write(unsigned);
        else if (json.TryGetDouble(out var number) && double.IsFinite(number)) writer.Write(number);
        else throw Invalid($"The number at '{path}' is too large for 64 bits.");
    }

    private static string? ReadText(JsonElement json, string path)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode("text", path, e);
        }
    }

    private static string ReadName(JsonProperty property, string path)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException e)
        {
            throw NotUnicode("field name", path, e);
        }
    }

    // An escape such as \ud800 alone is JSON, and no text.
    private static EdgeHostException NotUnicode(string what, string path, Exception cause)
        => new(ErrorCode.InvalidArgument, $"A {what} at '{path}' is not valid Unicode.", cause);

    private void Write(ref WireWriter writer, JsonElement json, string path, int depth)
    {
        if (depth >= WireReader.MaxDepth && json.ValueKind is (JsonValueKind.Object or JsonValueKind.Array))
        {
            throw Invalid($"The JSON is nested deeper than {WireReader.MaxDepth} levels.");
        }

        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(ref writer, json, path, depth + 1);
                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(json.GetArrayLength());
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    // Paths of items serve error messages and binary fields; a long array of numbers needs neither built each time.
                    var isContainer = item.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
                    Write(ref writer, item, isContainer ? $"{path}.{index}" : path, depth + 1);
                    index++;
                }

                break;
            case JsonValueKind.String:
                writer.Write(ReadText(json, path));
                break;
            case JsonValueKind.Number:
                WriteNumber(ref writer, json, path);
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(json.GetBoolean());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    private void WriteObject(ref WireWriter writer, JsonElement json, string path, int depth)
    {
        _additions.Remove(path, out var additions);
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var name = ReadName(property, path);
            if (!present.Add(name)) throw Invalid($"The field '{name}' is there twice.");
        }

        var missing = additions is null ? [] : additions.FindAll(name => !present.Contains(name));
        writer.WriteMapHeader(present.Count + missing.Count);
        foreach (var property in json.EnumerateObject())
        {
            var inner = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
            writer.Write(property.Name);
            if (_binaries.TryGetValue(inner, out var binary)) writer.WriteBinary(binary);
            else Write(ref writer, property.Value, inner, depth);
        }

        foreach (var name in missing)
        {
            writer.Write(name);
            writer.WriteBinary(_binaries[path.Length == 0 ? name : $"{path}.{name}"]);
        }
    }
}
