using System.Globalization;
using System.Text.Json;

namespace EdgeHost.Host.Configuration;

/// <summary>On which line of a file each of its keys stands: for messages only, so a file that is not JSON has none behind its fault.</summary>
internal sealed class JsonLines
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 16 };

    private readonly Dictionary<string, int> _lines = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the places of all keys and array items.</summary>
    public static JsonLines Of(ReadOnlySpan<byte> json)
    {
        var lines = new JsonLines();
        try
        {
            lines.Read(json);
        }
        catch (JsonException)
        {
            // The reader of the values says where it is not JSON.
        }

        return lines;
    }

    /// <summary>The line of a key, counted from 1; that of the nearest key around it where it is not in the file; null where there is none.</summary>
    public int? LineOf(string path)
    {
        while (true)
        {
            if (_lines.TryGetValue(path, out var line)) return line;
            var end = path.LastIndexOf(':');
            if (end < 0) return null;
            path = path[..end];
        }
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Lenient);
        var open = new Stack<Level>();
        var (line, counted, path) = (1, 0, string.Empty);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            line += json[counted..start].Count((byte)'\n');
            counted = start;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path = Below(open.Peek().Path, reader.GetString()!);
                _lines[path] = line;
                continue;
            }

            if (open.TryPeek(out var level) && level.IsArray)
            {
                path = Below(level.Path, level.Next++.ToString(CultureInfo.InvariantCulture));
                _lines[path] = line;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray) open.Push(new Level(path, reader.TokenType == JsonTokenType.StartArray));
        }
    }

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}:{name}";

    private sealed class Level(string path, bool isArray)
    {
        public string Path => path;

        public bool IsArray => isArray;

        public int Next { get; set; }
    }
}
