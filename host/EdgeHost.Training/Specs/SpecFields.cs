using System.Text.Json;

namespace EdgeHost.Training.Specs;

/// <summary>One object of a specification. Says what is missing, of the wrong kind, or not known, with the name of what it belongs to.</summary>
internal sealed class SpecFields
{
    private readonly JsonElement _json;
    private readonly string _owner;
    private readonly HashSet<string> _known = ["name", "kind"];

    public SpecFields(JsonElement json, string owner)
    {
        (_json, _owner) = (json, owner);
        if (json.ValueKind != JsonValueKind.Object) throw Wrong("must be an object");
    }

    public string Text(string field) => Get(field) is { } value ? AsText(field, value) : throw Missing(field);

    public string? OptionalText(string field) => Get(field) is { } value ? AsText(field, value) : null;

    public int Integer(string field) => Get(field) is { } value ? AsInteger(field, value) : throw Missing(field);

    public int Integer(string field, int otherwise) => Get(field) is { } value ? AsInteger(field, value) : otherwise;

    public float Number(string field, float otherwise)
        => Get(field) is not { } value ? otherwise : value.ValueKind == JsonValueKind.Number && value.TryGetSingle(out var number) ? number : throw Wrong($"has a '{field}' that is no number");

    public bool Flag(string field)
        => Get(field) is { } value && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong($"has a '{field}' that is neither true nor false"));

    public IReadOnlyList<string>? Texts(string field)
        => Get(field) is not { } value ? null : [.. Items(field, value).Select(item => AsText(field, item))];

    public long[] Integers(string field)
        => Get(field) is not { } value ? throw Missing(field) : [.. Items(field, value).Select(item => (long)AsInteger(field, item))];

    /// <summary>Throws where there is a field that nothing asked for.</summary>
    public void RefuseOthers()
    {
        foreach (var field in _json.EnumerateObject().Where(field => !_known.Contains(field.Name)))
        {
            var nearest = NearestNames.FindOne(field.Name, _known);
            throw Wrong($"has a field '{field.Name}' that does not exist; {(nearest is null ? string.Empty : $"did you mean '{nearest}'? ")}There are {string.Join(", ", _known)}");
        }
    }

    public EdgeHostException Wrong(string problem) => new(ErrorCode.InvalidArgument, $"{_owner} {problem}.");

    private JsonElement? Get(string field)
    {
        _known.Add(field);
        return _json.TryGetProperty(field, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private EdgeHostException Missing(string field) => Wrong($"has no '{field}'");

    private string AsText(string field, JsonElement value)
        => value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong($"has a '{field}' that is no text");

    private int AsInteger(string field, JsonElement value)
        => value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong($"has a '{field}' that is no whole number");

    private JsonElement.ArrayEnumerator Items(string field, JsonElement value)
        => value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw Wrong($"has a '{field}' that is no list");
}
