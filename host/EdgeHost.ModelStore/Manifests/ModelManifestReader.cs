using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeHost.ModelStore.Manifests;

/// <summary>Reads manifests strictly: unknown keys are problems, and all problems are listed with their JSON path. Thread-safe.</summary>
public static partial class ModelManifestReader
{
    /// <summary>The longest manifest that is read, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    private const int MaxVariants = 16;
    private const int MaxFiles = 256;
    private const int MaxSources = 16;
    private const long MaxFileBytes = 1L << 40;

    /// <summary>Reads a manifest.</summary>
    /// <param name="utf8">The JSON text as UTF-8; a byte order mark is allowed.</param>
    /// <param name="folder">The folder that relative <c>file:</c> sources start from, or null.</param>
    public static ManifestReading Read(ReadOnlyMemory<byte> utf8, string? folder = null)
    {
        if (utf8.Length > MaxBytes) return Failed($"The manifest has {utf8.Length} bytes; at most {MaxBytes} are read.");
        if (utf8.Span.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 16 });
        }
        catch (JsonException e)
        {
            return Failed($"Not valid JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}.");
        }

        using (document)
        {
            try
            {
                return Read(document.RootElement, "$", folder);
            }
            catch (InvalidOperationException)
            {
                // The document is parsed lazily: a text with broken surrogates is noticed only when it is decoded.
                return Failed("A text is not valid Unicode.");
            }
        }
    }

    internal static ManifestReading Read(JsonElement element, string path, string? folder)
    {
        var problems = new List<ManifestProblem>();
        var root = new StrictObject(element, path, problems, "id", "version", "task", "summary", "licence", "shipped", "properties", "requires", "variants");
        var manifest = new ModelManifest
        {
            Id = Matching(root, "id", IdPattern(), "1 to 64 of a-z 0-9 . _ - starting with a letter or digit"),
            Version = Matching(root, "version", VersionPattern(), "1 to 64 of letters, digits, . + and -, starting with a digit or letter"),
            Task = root.Text("task"),
            Summary = root.Text("summary"),
            Licence = root.Child("licence") is { } licence ? ReadLicence(licence, root.At("licence"), problems) : new ModelLicence("", false, "", null),
            Variants = [.. root.Items("variants", MaxVariants).Select(item => ReadVariant(item.Element, item.Path, problems))],
            IsShipped = root.OptionalFlag("shipped"),
            Properties = ReadProperties(root, problems),
            Requires = ReadRequires(root, problems),
            Folder = folder,
        };
        if (manifest.IsShipped) RequireShippedFiles(manifest, root, problems);
        ReportTwins(manifest.Variants.Select(variant => variant.Name), root.At("variants"), "variant", problems);
        if (manifest.Requires.Any(required => ModelReference.Parse(required).Id == manifest.Id)) root.Problem("requires", "A model cannot require itself.");
        return problems.Count > 0 ? new ManifestReading(null, problems) : new ManifestReading(manifest, []);
    }

    private static void RequireShippedFiles(ModelManifest manifest, StrictObject root, List<ManifestProblem> problems)
    {
        if (!manifest.Licence.Permissive) root.Problem("shipped", "A model under a licence that must be accepted cannot be taken without a pull; leave 'shipped' out.");
        foreach (var file in manifest.Variants.SelectMany(variant => variant.Files))
        {
            if (!file.Sources.Any(source => source.Kind == FileSourceKind.File && FileSource.IsPlainPath(source.Path)))
            {
                root.Problem("shipped", $"The file '{file.Name}' has no source file:PATH below the manifest's folder; a shipped model's files all have one.");
            }
        }
    }

    private static ManifestReading Failed(string message) => new(null, [new ManifestProblem("$", message)]);

    private static ModelLicence ReadLicence(JsonElement element, string path, List<ManifestProblem> problems)
    {
        var licence = new StrictObject(element, path, problems, "spdx", "permissive", "notice", "url");
        Uri? url = null;
        if (licence.OptionalText("url") is { Length: > 0 } text
            && (!Uri.TryCreate(text, UriKind.Absolute, out url) || url.Scheme != Uri.UriSchemeHttps))
        {
            licence.Problem("url", "Expected an https address.");
        }

        return new ModelLicence(
            Matching(licence, "spdx", SpdxPattern(), "an SPDX identifier or expression, for example Apache-2.0"),
            licence.Flag("permissive"),
            licence.Text("notice"),
            url);
    }

    private static ModelVariant ReadVariant(JsonElement element, string path, List<ManifestProblem> problems)
    {
        var variant = new StrictObject(element, path, problems, "name", "graph", "devices", "memory_bytes", "batching", "batch_axis", "import", "files");
        var read = new ModelVariant
        {
            Name = Matching(variant, "name", IdPattern(), "1 to 64 of a-z 0-9 . _ -, for example fp32"),
            Graph = variant.Text("graph"),
            Devices = ReadDevices(variant, problems),
            MemoryBytes = variant.OptionalInteger("memory_bytes", 1, MaxFileBytes),
            Batching = ReadBatching(variant, problems),
            Import = ReadImport(variant, problems),
            Files = [.. variant.Items("files", MaxFiles).Select(item => ReadFile(item.Element, item.Path, problems))],
        };
        ReportTwins(read.Files.Select(file => file.Name), variant.At("files"), "file", problems);
        CheckGraph(variant, read);
        return read;
    }

    private static List<DeviceKind> ReadDevices(StrictObject variant, List<ManifestProblem> problems)
    {
        var devices = new List<DeviceKind>();
        foreach (var (element, path) in variant.Items("devices", 3))
        {
            DeviceKind? device = element.ValueKind != JsonValueKind.String ? null : element.GetString() switch
            {
                "npu" => DeviceKind.Npu,
                "gpu" => DeviceKind.Gpu,
                "cpu" => DeviceKind.Cpu,
                _ => null,
            };
            if (device is not { } known) problems.Add(new ManifestProblem(path, "Expected npu, gpu or cpu."));
            else if (devices.Contains(known)) problems.Add(new ManifestProblem(path, "The device appears twice."));
            else devices.Add(known);
        }

        return devices;
    }

    private static ModelFile ReadFile(JsonElement element, string path, List<ManifestProblem> problems)
    {
        var file = new StrictObject(element, path, problems, "name", "sha256", "bytes", "sources");
        var name = file.Text("name");
        if (name.Length > 0 && !FileSource.IsPlainPath(name)) file.Problem("name", "Expected a relative path with forward slashes and without '..'.");
        var sources = new List<FileSource>();
        foreach (var (item, itemPath) in file.Items("sources", MaxSources))
        {
            if (item.ValueKind != JsonValueKind.String) problems.Add(new ManifestProblem(itemPath, $"Expected a text, found {StrictObject.Describe(item)}."));
            else if (FileSource.TryParse(item.GetString()!, out var source, out var problem)) sources.Add(source);
            else problems.Add(new ManifestProblem(itemPath, problem));
        }

        return new ModelFile(
            name,
            Matching(file, "sha256", Sha256Pattern(), "64 lower-case hex digits"),
            file.Integer("bytes", 1, MaxFileBytes),
            sources);
    }

    private static string Matching(StrictObject owner, string key, Regex pattern, string expected)
    {
        var text = owner.Text(key);
        if (text.Length > 0 && !pattern.IsMatch(text)) owner.Problem(key, $"Expected {expected}, found '{StrictObject.Shorten(text)}'.");
        return text;
    }

    private static void ReportTwins(IEnumerable<string> names, string path, string what, List<ManifestProblem> problems)
    {
        foreach (var twin in names.Where(name => name.Length > 0).GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            problems.Add(new ManifestProblem(path, $"The {what} '{StrictObject.Shorten(twin.Key)}' appears {twin.Count()} times."));
        }
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.None, 1000)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+-]{0,63}\z", RegexOptions.None, 1000)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^[0-9A-Za-z][0-9A-Za-z.+() -]{0,127}\z", RegexOptions.None, 1000)]
    private static partial Regex SpdxPattern();

    [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.None, 1000)]
    private static partial Regex Sha256Pattern();
}
