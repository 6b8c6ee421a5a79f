using System.Text.Json;

namespace EdgeHost.Jobs.Specs;

/// <summary>One object of a job's specification. What is missing, of the wrong kind, out of range or unknown is said with its whole path.</summary>
internal sealed class JobFields
{
    private readonly JsonElement _json;
    private readonly string _path;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public JobFields(JsonElement json, string path)
    {
        (_json, _path) = (json, path);
        if (json.ValueKind != JsonValueKind.Object) throw Wrong(path.Length == 0 ? "The specification" : $"'{path}'", "must be an object");
    }

    public JsonElement? Find(string name)
    {
        _known.Add(name);
        return _json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    public JsonElement Need(string name) => Find(name) ?? throw Wrong($"'{Path(name)}'", "is missing");

    public JobFields? Object(string name) => Find(name) is { } value ? new JobFields(value, Path(name)) : null;

    public string? Text(string name)
        => Find(name) is not { } value ? null : value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong($"'{Path(name)}'", "must be a text");

    public bool Flag(string name)
        => Find(name) is { } value && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong($"'{Path(name)}'", "must be true or false"));

    public long? Whole(string name, long least, long most)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"'{Path(name)}'", $"is {Shown(value)}; it must be a whole number from {least} to {most}");
    }

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value) return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"'{Path(name)}'", $"is {Shown(value)}; it must be a number from {least:R} to {most:R}");
    }

    public IReadOnlyList<JsonElement> List(string name)
        => Need(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : throw Wrong($"'{Path(name)}'", "must be a list");

    public IReadOnlyList<JsonProperty> Properties() => [.. _json.EnumerateObject()];

    public T Choice<T>(string name, IReadOnlyDictionary<string, T> choices)
    {
        var value = Text(name) ?? throw Wrong($"'{Path(name)}'", $"is missing; there are {string.Join(", ", choices.Keys)}");
        if (choices.TryGetValue(value, out var choice)) return choice;
        throw Wrong($"'{Path(name)}'", $"is '{value}'; {Hint(value, choices.Keys)}there are {string.Join(", ", choices.Keys)}");
    }

    /// <summary>Throws where there is a field that nothing asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var field in _json.EnumerateObject().Where(field => !_known.Contains(field.Name)))
        {
            throw Wrong($"'{Path(field.Name)}'", $"does not exist; {Hint(field.Name, _known)}there are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    public EdgeHostException Wrong(string what, string problem) => new(ErrorCode.InvalidArgument, $"{what} {problem}.");

    public string Path(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static string Hint(string name, IEnumerable<string> candidates)
        => NearestNames.FindOne(name, candidates) is { } nearest ? $"did you mean '{nearest}'? " : string.Empty;

    private static string Shown(JsonElement value)
    {
        var text = value.GetRawText();
        return text.Length <= 40 ? text : $"{text[..40]}…";
    }
}
