using System.Text.Json;

namespace EdgeHost.ModelStore.Manifests;

/// <content>Graphs that are made on the device.</content>
public static partial class ModelManifestReader
{
    private static VariantImport? ReadImport(StrictObject variant, List<ManifestProblem> problems)
    {
        if (variant.OptionalChild("import") is not { } element) return null;
        var import = new StrictObject(element, variant.At("import"), problems, "format", "files");
        var format = import.Text("format");
        if (format.Length > 0 && !VariantImport.Formats.ContainsKey(format))
        {
            import.Problem("format", $"Expected {string.Join(" or ", VariantImport.Formats.Keys)}, found '{StrictObject.Shorten(format)}'.");
        }

        var files = import.Items("files", MaxFiles).Select(item => TextOf(item.Element, item.Path, problems)).ToList();
        ReportTwins(files, import.At("files"), "file", problems);
        return new VariantImport(VariantImport.Formats.GetValueOrDefault(format), files);
    }

    private static string TextOf(JsonElement element, string path, List<ManifestProblem> problems)
    {
        if (element.ValueKind == JsonValueKind.String) return element.GetString()!;
        problems.Add(new ManifestProblem(path, $"Expected a text, found {StrictObject.Describe(element)}."));
        return "";
    }

    // The graph is one of the files, or is made of some of them.
    private static void CheckGraph(StrictObject owner, ModelVariant variant)
    {
        if (variant.Files.Count == 0 || variant.Graph.Length == 0) return;
        var isFile = variant.Files.Any(file => file.Name == variant.Graph);
        if (variant.Import is not { } import)
        {
            if (!isFile) owner.Problem("graph", $"'{StrictObject.Shorten(variant.Graph)}' is none of the variant's files.");
            return;
        }

        if (isFile) owner.Problem("graph", $"'{StrictObject.Shorten(variant.Graph)}' is one of the variant's files, but 'import' says that it is made of them.");
        else if (!FileSource.IsPlainPath(variant.Graph)) owner.Problem("graph", "Expected a relative path with forward slashes and without '..'.");
        foreach (var name in import.Files.Where(name => name.Length > 0 && variant.Files.All(file => file.Name != name)))
        {
            owner.Problem("import", $"'{StrictObject.Shorten(name)}' is none of the variant's files.");
        }
    }
}
