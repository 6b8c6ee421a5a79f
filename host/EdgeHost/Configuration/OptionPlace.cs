using System.Globalization;

namespace EdgeHost.Host.Configuration;

/// <summary>A place of the configuration, found by its key.</summary>
/// <param name="Path">The key in the options' own spelling.</param>
/// <param name="Pattern">The same with <c>NAME</c> for names and <c>0</c> for indexes, as the table of keys has it.</param>
/// <param name="Node">What may stand there.</param>
/// <param name="IsInList">Whether it is an item of a list, or below one.</param>
internal sealed record OptionPlace(string Path, string Pattern, OptionNode Node, bool IsInList)
{
    /// <summary>Finds the place of a key such as <c>Runtime:Devices:Models:ocr-rec:Prefer</c>; case does not matter but in names.</summary>
    /// <returns>The place, or null and what is wrong with the key.</returns>
    public static (OptionPlace? Place, string Problem) Find(string key)
    {
        var parts = key.Split(':');
        var section = ConfigurationSections.All.FirstOrDefault(candidate => candidate.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase));
        if (section is null) return (null, Unknown(string.Empty, parts[0], "section", [.. ConfigurationSections.All.Select(known => known.Name)]));
        var place = new OptionPlace(section.Name, section.Name, section.Node, IsInList: false);
        for (var i = 1; i < parts.Length; i++)
        {
            // A plugin's own settings have flat keys with colons in them.
            var part = place.Pattern == $"{ConfigurationSections.PluginSettings}:NAME" ? string.Join(':', parts[i..]) : parts[i];
            var (next, problem) = place.Step(part);
            if (next is null) return (null, problem);
            place = next;
            if (part.Length > parts[i].Length) break;
        }

        return (place, string.Empty);
    }

    /// <summary>Says that there is no such key, with the nearest there is.</summary>
    public static string Unknown(string path, string name, string what, IReadOnlyList<string> known)
    {
        var full = path.Length == 0 ? name : $"{path}:{name}";
        return NearestNames.FindOne(name, known) is { } nearest
            ? $"{full} is not a {what}; did you mean {nearest}?"
            : $"{full} is not a {what}; there are {string.Join(", ", known)}.";
    }

    private (OptionPlace? Place, string Problem) Step(string part)
    {
        switch (Node.Shape)
        {
            case OptionShape.Group:
                var key = Node.Keys.FirstOrDefault(candidate => candidate.Name.Equals(part, StringComparison.OrdinalIgnoreCase));
                return key is null
                    ? (null, Unknown(Path, part, "key", [.. Node.Keys.Select(known => known.Name)]))
                    : (new OptionPlace($"{Path}:{key.Name}", $"{Pattern}:{key.Name}", key.Node, IsInList), string.Empty);
            case OptionShape.Map:
                return part.Length == 0 ? (null, $"{Path} takes a name, which is not empty.") : (new OptionPlace($"{Path}:{part}", $"{Pattern}:NAME", Node.Item!, IsInList), string.Empty);
            case OptionShape.List:
                return int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                    ? (new OptionPlace($"{Path}:{part}", $"{Pattern}:0", Node.Item!, IsInList: true), string.Empty)
                    : (null, $"{Path} is an array; '{part}' is not the number of an item.");
            default:
                return (null, $"{Path} takes {OptionValue.Kind(Node)} and has no keys below it.");
        }
    }
}
