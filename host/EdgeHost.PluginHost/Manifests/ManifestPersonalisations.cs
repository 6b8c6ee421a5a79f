using System.Text.Json;

namespace EdgeHost.PluginHost.Manifests;

/// <summary>Reads a manifest's <c>personalisation</c> list.</summary>
internal static class ManifestPersonalisations
{
    private const string Path = "$.personalisation";
    private static readonly string[] Keys = ["method", "model", "spec"];

    public static List<PluginPersonalisation> Read(JsonElement list, IReadOnlySet<string> methods, IReadOnlySet<string> models, Action<string, string> report)
    {
        var read = new List<PluginPersonalisation>();
        if (list.ValueKind != JsonValueKind.Array)
        {
            report(Path, "an array of objects was expected");
            return read;
        }

        if (list.GetArrayLength() > ManifestLimits.Personalisations)
        {
            report(Path, $"at most {ManifestLimits.Personalisations} entries are allowed");
            return read;
        }

        var index = 0;
        foreach (var item in list.EnumerateArray())
        {
            var path = $"{Path}[{index++}]";
            if (ReadOne(item, path, report) is not { } entry) continue;
            if (!methods.Contains(entry.Method)) report($"{path}.method", $"'{entry.Method}' is none of the plugin's capabilities");
            else if (!models.Contains(entry.Model)) report($"{path}.model", $"'{entry.Model}' is none of the plugin's models");
            else if (read.Exists(known => known.Method == entry.Method && known.Model == entry.Model)) report(path, "the method and the model are listed twice");
            else read.Add(entry);
        }

        return read;
    }

    private static PluginPersonalisation? ReadOne(JsonElement item, string path, Action<string, string> report)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            report(path, "an object with method, model and spec was expected");
            return null;
        }

        var isKnown = true;
        foreach (var member in item.EnumerateObject().Where(static member => !Keys.Contains(member.Name, StringComparer.Ordinal)))
        {
            var shown = member.Name.Length <= 64 ? member.Name : $"{member.Name[..64]}…";
            report($"{path}.{shown}", NearestNames.FindOne(member.Name, Keys) is { } nearest ? $"unknown key; did you mean '{nearest}'?" : $"unknown key; known are {string.Join(", ", Keys)}");
            isKnown = false;
        }

        var method = Text("method", ManifestNames.IsMethod, "two or more words of a-z 0-9 _ joined by dots");
        var model = Text("model", ManifestNames.IsName, "words of a-z 0-9 _ - joined by dots");
        var spec = Text("spec", ManifestNames.IsJsonFile, "the path of a .json file below the plugin's folder, with / between folders");
        return isKnown && method is not null && model is not null && spec is not null ? new PluginPersonalisation(method, model, spec) : null;

        string? Text(string key, Func<string, bool> isValid, string expected)
        {
            if (!item.TryGetProperty(key, out var value)) report($"{path}.{key}", "missing");
            else if (value.ValueKind == JsonValueKind.String && value.GetString() is { } text && isValid(text)) return text;
            else report($"{path}.{key}", $"expected {expected}");
            return null;
        }
    }
}
