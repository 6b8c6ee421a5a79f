using System.Text.Json;

namespace EdgeHost.ModelStore.Manifests;

/// <summary>A JSON object whose every key must be known; collects what is wrong instead of stopping at the first.</summary>
internal readonly struct StrictObject
{
    private const int MaxTextLength = 4096;

    private readonly Dictionary<string, JsonElement> _values;
    private readonly List<ManifestProblem> _problems;
    private readonly string _path;

    public StrictObject(JsonElement element, string path, List<ManifestProblem> problems, params ReadOnlySpan<string> known)
    {
        _values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        _problems = problems;
        _path = path;
        if (element.ValueKind != JsonValueKind.Object)
        {
            problems.Add(new ManifestProblem(path, $"Expected an object, found {Describe(element)}."));
            return;
        }

        var names = known.ToArray();
        foreach (var property in element.EnumerateObject())
        {
            if (!names.Contains(property.Name, StringComparer.Ordinal))
            {
                var nearest = NearestNames.Find(property.Name, names, 1);
                var hint = nearest.Count > 0 ? $"did you mean '{nearest[0]}'?" : $"known are {string.Join(", ", names)}.";
                problems.Add(new ManifestProblem(path, $"Unknown key '{Shorten(property.Name)}'; {hint}"));
            }
            else if (!_values.TryAdd(property.Name, property.Value))
            {
                problems.Add(new ManifestProblem(At(property.Name), "The key appears twice."));
            }
        }

        IsObject = true;
    }

    /// <summary>Whether the element was an object at all; if not, its fields are not reported one by one.</summary>
    public bool IsObject { get; }

    public string At(string key) => $"{_path}.{key}";

    public void Problem(string key, string message) => _problems.Add(new ManifestProblem(At(key), message));

    public string Text(string key) => OptionalText(key) ?? Missing(key, "a text");

    public string? OptionalText(string key)
    {
        if (!TryGet(key, out var value)) return null;
        if (value.ValueKind != JsonValueKind.String) return Wrong(key, "a text", value);
        var text = value.GetString()!;
        if (text.Length is > 0 and <= MaxTextLength && !string.IsNullOrWhiteSpace(text)) return text;
        Problem(key, text.Length > MaxTextLength ? $"The text is longer than {MaxTextLength} characters." : "The text is empty.");
        return "";
    }

    public bool Flag(string key)
    {
        if (!TryGet(key, out var value)) return Missing(key, "true or false").Length > 0;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        Wrong(key, "true or false", value);
        return false;
    }

    public bool OptionalFlag(string key) => TryGet(key, out _) && Flag(key);

    public long? OptionalInteger(string key, long minimum, long maximum)
    {
        if (!TryGet(key, out var value)) return null;
        if (value.ValueKind != JsonValueKind.Number)
        {
            Wrong(key, "an integer", value);
            return null;
        }

        if (value.TryGetInt64(out var number) && number >= minimum && number <= maximum) return number;
        Problem(key, $"Expected an integer from {minimum} to {maximum}, found {Shorten(value.GetRawText())}.");
        return null;
    }

    public long Integer(string key, long minimum, long maximum)
    {
        if (!TryGet(key, out _)) Missing(key, "an integer");
        return OptionalInteger(key, minimum, maximum) ?? minimum;
    }

    /// <summary>The elements of a required array that is not empty, each with its path.</summary>
    public IReadOnlyList<(JsonElement Element, string Path)> Items(string key, int maximum)
    {
        if (!TryGet(key, out var value))
        {
            Missing(key, "an array");
            return [];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            Wrong(key, "an array", value);
            return [];
        }

        var count = value.GetArrayLength();
        if (count == 0 || count > maximum)
        {
            Problem(key, $"Expected 1 to {maximum} elements, found {count}.");
            return [];
        }

        var path = At(key);
        return [.. value.EnumerateArray().Select((element, index) => (element, $"{path}[{index}]"))];
    }

    public double? OptionalNumber(string key)
    {
        if (!TryGet(key, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)) return number;
        if (value.ValueKind == JsonValueKind.Number) Problem(key, $"Expected a finite number, found {Shorten(value.GetRawText())}.");
        else Wrong(key, "a number", value);
        return null;
    }

    public JsonElement? OptionalChild(string key) => TryGet(key, out var value) ? value : null;

    public JsonElement? Child(string key)
    {
        if (TryGet(key, out var value)) return value;
        Missing(key, "an object");
        return null;
    }

    internal static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "true or false",
        _ => "null",
    };

    internal static string Shorten(string text) => text.Length <= 64 ? text : text[..64] + "…";

    private bool TryGet(string key, out JsonElement value) => _values.TryGetValue(key, out value) && value.ValueKind != JsonValueKind.Null;

    private string Missing(string key, string expected)
    {
        if (IsObject) Problem(key, $"Missing; expected {expected}.");
        return "";
    }

    private string Wrong(string key, string expected, JsonElement found)
    {
        Problem(key, $"Expected {expected}, found {Describe(found)}.");
        return "";
    }
}
