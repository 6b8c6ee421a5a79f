using System.Text.Json;

namespace EdgeHost.PluginHost.Manifests;

/// <summary>Flattens a manifest's <c>settings</c> object to <c>a:b</c> keys, as configuration does.</summary>
internal static class ManifestSettings
{
    public static Dictionary<string, string> Flatten(JsonElement settings, Action<string, string> report)
    {
        var flat = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Add(flat, settings, string.Empty, "$.settings", report);
        return flat;
    }

    private static void Add(Dictionary<string, string> flat, JsonElement value, string key, string path, Action<string, string> report)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (member.Name.Length is 0 or > ManifestLimits.NameLength || member.Name.Contains(':', StringComparison.Ordinal))
                    {
                        report(path, $"a setting's name has 1 to {ManifestLimits.NameLength} characters and no colon");
                        continue;
                    }

                    Add(flat, member.Value, Join(key, member.Name), $"{path}.{member.Name}", report);
                }

                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Add(flat, item, Join(key, index.ToString()), $"{path}[{index}]", report);
                    index++;
                }

                break;
            default:
                AddValue(flat, key, Text(value), path, report);
                break;
        }
    }

    private static void AddValue(Dictionary<string, string> flat, string key, string text, string path, Action<string, string> report)
    {
        if (text.Length > ManifestLimits.SettingLength) report(path, $"a setting is at most {ManifestLimits.SettingLength} characters long");
        else if (flat.Count == ManifestLimits.Settings) report(path, $"there are more than {ManifestLimits.Settings} settings");
        else if (!flat.TryAdd(key, text)) report(path, "the setting is given twice (names differ at most in case)");
    }

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? string.Empty,
        JsonValueKind.Null => string.Empty,
        _ => value.GetRawText(),
    };

    private static string Join(string key, string name) => key.Length == 0 ? name : $"{key}:{name}";
}
