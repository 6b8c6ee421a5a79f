using System.Text.Json;

namespace EdgeHost.ModelStore.Manifests;

/// <content>Graphs that are made on the device.</content>
public static partial class ModelManifestReader
{
    private const int MaxMeans = 16;

    private static VariantImport? ReadImport(StrictObject variant, List<ManifestProblem> problems)
    {
        if (variant.OptionalChild("import") is not { } element) return null;
        var import = new StrictObject(element, variant.At("import"), problems, "format", "files", "means");
        var format = import.Text("format");
        if (format.Length > 0 && !VariantImport.Formats.ContainsKey(format))
        {
            import.Problem("format", $"Expected {string.Join(" or ", VariantImport.Formats.Keys)}, found '{StrictObject.Shorten(format)}'.");
        }

        var files = import.Items("files", MaxFiles).Select(item => TextOf(item.Element, item.Path, problems)).ToList();
        ReportTwins(files, import.At("files"), "file", problems);
        return new VariantImport(VariantImport.Formats.GetValueOrDefault(format), files) { Means = ReadMeans(import, problems) };
    }

    private static List<ImportedMean> ReadMeans(StrictObject import, List<ManifestProblem> problems)
    {
        var means = new List<ImportedMean>();
        if (import.OptionalChild("means") is not { } element) return means;
        var path = import.At("means");
        if (element.ValueKind != JsonValueKind.Object || element.EnumerateObject().Count() is < 1 or > MaxMeans)
        {
            import.Problem("means", $"Expected an object of 1 to {MaxMeans} outputs, each with the operator that it is the mean of.");
            return means;
        }

        foreach (var mean in element.EnumerateObject())
        {
            var of = TextOf(mean.Value, $"{path}.{StrictObject.Shorten(mean.Name)}", problems);
            if (mean.Name.Length == 0 || means.Any(known => known.Output == mean.Name)) problems.Add(new ManifestProblem(path, $"The output '{StrictObject.Shorten(mean.Name)}' has no name or appears twice."));
            else means.Add(new ImportedMean(mean.Name, of));
        }

        return means;
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
