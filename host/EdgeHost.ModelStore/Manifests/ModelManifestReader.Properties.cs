using System.Collections.ObjectModel;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeHost.ModelStore.Manifests;

/// <content>What a model says of itself, and what it needs beside it.</content>
public static partial class ModelManifestReader
{
    private const int MaxProperties = 64;
    private const int MaxPropertyLength = 1024;
    private const int MaxRequires = 16;

    private static ReadOnlyDictionary<string, string> ReadProperties(StrictObject root, List<ManifestProblem> problems)
    {
        // Sorted, so that two manifests with the same properties are written alike.
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (root.OptionalChild("properties") is { } element) ReadProperties(root, element, properties, problems);
        return properties.AsReadOnly();
    }

    private static void ReadProperties(StrictObject root, JsonElement element, SortedDictionary<string, string> properties, List<ManifestProblem> problems)
    {
        var path = root.At("properties");
        if (element.ValueKind != JsonValueKind.Object)
        {
            root.Problem("properties", $"Expected an object, found {StrictObject.Describe(element)}.");
            return;
        }

        var count = element.EnumerateObject().Count();
        if (count > MaxProperties)
        {
            root.Problem("properties", $"Expected at most {MaxProperties} properties, found {count}.");
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!PropertyPattern().IsMatch(property.Name))
            {
                problems.Add(new ManifestProblem(path, $"Expected names of 1 to 64 of a-z 0-9 . _, found '{StrictObject.Shorten(property.Name)}'."));
            }
            else if (property.Value.ValueKind != JsonValueKind.String)
            {
                problems.Add(new ManifestProblem($"{path}.{property.Name}", $"Expected a text, found {StrictObject.Describe(property.Value)}."));
            }
            else if (property.Value.GetString()! is { Length: > MaxPropertyLength } text)
            {
                problems.Add(new ManifestProblem($"{path}.{property.Name}", $"Expected at most {MaxPropertyLength} characters, found {text.Length}."));
            }
            else if (!properties.TryAdd(property.Name, property.Value.GetString()!))
            {
                problems.Add(new ManifestProblem($"{path}.{property.Name}", "The key appears twice."));
            }
        }
    }

    private static List<string> ReadRequires(StrictObject root, List<ManifestProblem> problems)
    {
        var requires = new List<string>();
        if (root.OptionalChild("requires") is not { } list || (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == 0)) return requires;
        foreach (var (element, path) in root.Items("requires", MaxRequires))
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                problems.Add(new ManifestProblem(path, $"Expected a text, found {StrictObject.Describe(element)}."));
            }
            else if (element.GetString()! is var text && !ReferencePattern().IsMatch(text))
            {
                problems.Add(new ManifestProblem(path, $"Expected a model's id or id@version, found '{StrictObject.Shorten(text)}'."));
            }
            else
            {
                requires.Add(text);
            }
        }

        ReportTwins(requires.Select(required => ModelReference.Parse(required).Id), root.At("requires"), "model", problems);
        return requires;
    }

    [GeneratedRegex(@"^[a-z0-9._]{1,64}\z", RegexOptions.None, 1000)]
    private static partial Regex PropertyPattern();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}(@[0-9A-Za-z][0-9A-Za-z.+-]{0,63})?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ReferencePattern();
}
