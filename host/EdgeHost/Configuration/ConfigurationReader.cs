using System.Globalization;
using System.Text.Json;

namespace EdgeHost.Host.Configuration;

/// <summary>
/// Reads a file's JSON against the options classes: every unknown key and every value that is not allowed is found at once, each with its place. What is
/// good comes out flat, as the binder takes it. Comments and trailing commas are allowed.
/// </summary>
internal sealed class ConfigurationReader
{
    private const int MostShownCharacters = 60;
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    private readonly Dictionary<string, string?> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _problems = [];
    private readonly ReadOnlyMemory<byte> _json;
    private JsonLines? _lines;

    private ConfigurationReader(ReadOnlyMemory<byte> json) => _json = json;

    /// <summary>Reads a whole file.</summary>
    /// <returns>The values by their full paths, and what is wrong, each with its path and line.</returns>
    public static (IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> Problems) Read(ReadOnlyMemory<byte> json)
    {
        if (json.Span.StartsWith("\uFEFF"u8)) json = json[3..];
        var reader = new ConfigurationReader(json);
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            reader.ReadRoot(document.RootElement);
        }
        catch (JsonException e)
        {
            reader._problems.Add(
                $"it is not JSON at line {(e.LineNumber + 1)?.ToString(CultureInfo.InvariantCulture)}, column {(e.BytePositionInLine + 1)?.ToString(CultureInfo.InvariantCulture)}: {Reason(e)}");
        }

        return (reader._values, reader._problems);
    }

    /// <summary>Reads what stands at one place: an environment variable or an option of the command line.</summary>
    public static (IReadOnlyDictionary<string, string?> Values, IReadOnlyList<string> Problems) Read(OptionPlace place, JsonElement json)
    {
        var reader = new ConfigurationReader(ReadOnlyMemory<byte>.Empty);
        reader.ReadNode(place.Path, place.Node, json);
        return (reader._values, reader._problems);
    }

    private void ReadRoot(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            _problems.Add("it must be a JSON object with the sections as its keys.");
            return;
        }

        var names = ConfigurationSections.All.Select(section => section.Name).ToList();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in root.EnumerateObject())
        {
            // Editors look here for the schema that 'edgehost config schema' prints.
            if (property.NameEquals("$schema"u8)) continue;
            var section = ConfigurationSections.All.FirstOrDefault(candidate => candidate.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
            if (section is null) Problem(property.Name, OptionPlace.Unknown(string.Empty, property.Name, "section", names));
            else if (!seen.Add(section.Name)) Problem(section.Name, $"{section.Name} is there twice.");
            else ReadNode(section.Name, section.Node, property.Value);
        }
    }

    private void ReadNode(string path, OptionNode node, JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            if (!node.IsNullable) Problem(path, $"{path} is null; leave it out for the default.");
            return;
        }

        switch (node.Shape)
        {
            case OptionShape.Group: ReadGroup(path, node, json); break;
            case OptionShape.Map: ReadMap(path, node, json); break;
            case OptionShape.List: ReadList(path, node, json); break;
            default: ReadValue(path, node, json); break;
        }
    }

    private void ReadGroup(string path, OptionNode node, JsonElement json)
    {
        if (!Is(path, json, JsonValueKind.Object, "an object")) return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in json.EnumerateObject())
        {
            var key = node.Keys.FirstOrDefault(candidate => candidate.Name.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
            if (key is null) Problem($"{path}:{property.Name}", OptionPlace.Unknown(path, property.Name, "key", [.. node.Keys.Select(known => known.Name)]));
            else if (!seen.Add(key.Name)) Problem($"{path}:{key.Name}", $"{path}:{key.Name} is there twice.");
            else ReadNode($"{path}:{key.Name}", key.Node, property.Value);
        }

        foreach (var key in node.Keys)
        {
            if (key.IsRequired && !seen.Contains(key.Name)) Problem($"{path}:{key.Name}", $"{path}:{key.Name} is missing; it takes {OptionValue.Allowed(key.Node)}.");
        }
    }

    private void ReadMap(string path, OptionNode node, JsonElement json)
    {
        if (!Is(path, json, JsonValueKind.Object, "an object of names")) return;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

        // Only a plugin's own settings may have colons: they are flat already, and not bound by the generated code.
        var isFlat = path.StartsWith(ConfigurationSections.PluginSettings, StringComparison.Ordinal) && path.Length > ConfigurationSections.PluginSettings.Length;
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.Length == 0 || (!isFlat && property.Name.Contains(':', StringComparison.Ordinal)))
            {
                Problem(path, $"{path} has the name '{property.Name}'; a name is not empty and has no colon.");
            }
            else if (!seen.Add(property.Name)) Problem($"{path}:{property.Name}", $"{path}:{property.Name} is there twice.");
            else ReadNode($"{path}:{property.Name}", node.Item!, property.Value);
        }
    }

    private void ReadList(string path, OptionNode node, JsonElement json)
    {
        if (!Is(path, json, JsonValueKind.Array, "an array")) return;
        var index = 0;
        foreach (var item in json.EnumerateArray()) ReadNode(string.Create(CultureInfo.InvariantCulture, $"{path}:{index++}"), node.Item!, item);
    }

    private void ReadValue(string path, OptionNode node, JsonElement json)
    {
        if (OptionValue.Read(node, json) is { } value) _values[path] = OptionValue.ToText(value);
        else Problem(path, $"{path} is {OptionSecrets.Shown(path, Shown(json))}; it takes {OptionValue.Allowed(node)}.");
    }

    private bool Is(string path, JsonElement json, JsonValueKind kind, string name)
    {
        if (json.ValueKind == kind) return true;
        Problem(path, $"{path} is {OptionSecrets.Shown(path, Shown(json))}; it takes {name}.");
        return false;
    }

    private void Problem(string path, string text)
    {
        if (_json.IsEmpty)
        {
            _problems.Add(text);
            return;
        }

        var line = (_lines ??= JsonLines.Of(_json.Span)).LineOf(path);
        _problems.Add(line is null ? text : string.Create(CultureInfo.InvariantCulture, $"{text} (line {line})"));
    }

    private static string Shown(JsonElement json)
    {
        var text = json.GetRawText();
        return text.Length <= MostShownCharacters ? text : string.Concat(text.AsSpan(0, MostShownCharacters), "…");
    }

    // The library's message repeats the place behind its reason.
    private static string Reason(JsonException e)
    {
        var place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? e.Message : e.Message[..place];
    }
}
