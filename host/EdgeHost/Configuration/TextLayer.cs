using System.Text.Json;

namespace EdgeHost.Host.Configuration;

/// <summary>Reads keys that are set by text. A value is written as in the file but without quotes; a list as JSON or with commas, the rest as JSON.</summary>
internal static class TextLayer
{
    /// <summary>Puts what a text sets in place of what is there, with its origin.</summary>
    /// <returns>What is wrong with it; empty if nothing is.</returns>
    public static IReadOnlyList<string> Apply(ConfigurationText text, string origin, IDictionary<string, string?> values, IDictionary<string, string> origins)
    {
        var (place, problem) = OptionPlace.Find(text.Key);
        if (place is null) return [$"{text.Source}: {problem}"];
        if (place.IsInList) return [$"{text.Source}: an array is set as a whole, as [\"a\", \"b\"] or a,b."];
        try
        {
            using var json = JsonDocument.Parse(ToJson(place.Node, text.Text.Trim()));
            var (read, problems) = ConfigurationReader.Read(place, json.RootElement);
            if (problems.Count > 0) return [.. problems.Select(found => $"{text.Source}: {found}")];
            foreach (var key in values.Keys.Where(key => IsAtOrBelow(key, place.Path)).ToList())
            {
                values.Remove(key);
                origins.Remove(key);
            }

            foreach (var (key, value) in read) (values[key], origins[key]) = (value, origin);
            return [];
        }
        catch (JsonException)
        {
            return [$"{text.Source}: {place.Path} takes {(place.Node.Shape == OptionShape.List ? "a JSON array" : "a JSON object")}, not '{text.Text}'."];
        }
    }

    /// <summary>Whether a key is another one or stands below it.</summary>
    public static bool IsAtOrBelow(string key, string other)
        => key.StartsWith(other, StringComparison.OrdinalIgnoreCase) && (key.Length == other.Length || key[other.Length] == ':');

    private static string ToJson(OptionNode node, string text)
    {
        if (node.Shape == OptionShape.Value) return ToValue(node, text);
        if (node.Shape != OptionShape.List || node.Item!.Shape != OptionShape.Value || text.StartsWith('[')) return text;
        return $"[{string.Join(',', text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(item => ToValue(node.Item, item)))}]";
    }

    // Numbers and truth values stand bare in JSON; what is none stays text, so that the message shows it as it was given.
    private static string ToValue(OptionNode node, string text)
    {
        if (node.Type == typeof(bool) && bool.TryParse(text, out var truth)) return truth ? "true" : "false";
        var isNumber = node.Type == typeof(int) || node.Type == typeof(long) || node.Type == typeof(double);
        if (isNumber && IsJsonNumber(text)) return text;
        return $"\"{JsonEncodedText.Encode(text)}\"";
    }

    private static bool IsJsonNumber(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
