using System.Text.Json;
using EdgeHost.Host.Cli;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.Host.Importing;

/// <summary>Finds out what a path leads to: an ONNX file, a TensorFlow Lite file, a TensorFlow.js graph model, or a folder as hubs lay them out.</summary>
internal static class SourceFinder
{
    private const string Graph = "model.onnx";
    private const string Topology = "model.json";
    private const string HubConfig = "config.json";

    // A topology has some hundred bytes a node, and is read again with its own limits.
    private const long MostDescriptionBytes = 64L << 20;

    /// <summary>Looks.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <exception cref="UsageException">There is nothing that can be imported; says what can.</exception>
    public static ImportedSource Find(string path)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full)) return InFolder(full);
        if (!File.Exists(full)) throw new UsageException($"There is no file or folder '{path}'.");
        return Path.GetExtension(full).ToLowerInvariant() switch
        {
            ".onnx" => new ImportedSource { Files = [(Graph, full)], Graph = Graph },
            ".tflite" => new ImportedSource { Files = [("model.tflite", full)], Graph = Graph, Format = ModelFormat.TensorFlowLite, GraphFiles = ["model.tflite"] },
            ".json" => TensorFlowJs(full),
            _ => throw new UsageException($"'{path}' is none of what can be imported: {Known}."),
        };
    }

    private const string Known = "a .onnx file, a .tflite file, the .json file of a TensorFlow.js graph model, or a folder with such a model or with config.json or genai_config.json and onnx/model.onnx";

    private static ImportedSource InFolder(string folder)
    {
        if (MarianFolder.Read(folder) is { } marian) return marian;
        if (File.Exists(Path.Combine(folder, HubConfig)) && HubFolder.FindGraph(folder) is { } graph) return HubFolder.Read(folder, Path.Combine(folder, HubConfig), graph);
        if (File.Exists(Path.Combine(folder, HubConfig)) && TextFolder.FindGraph(folder) is { } other) return HubFolder.Read(folder, Path.Combine(folder, HubConfig), other);
        if (File.Exists(Path.Combine(folder, TextFolder.GenAiConfig))) return TextFolder.Read(folder, "text-generation");
        if (File.Exists(Path.Combine(folder, Topology))) return TensorFlowJs(Path.Combine(folder, Topology));
        string[] single = [.. Directory.EnumerateFiles(folder).Where(static file => Path.GetExtension(file).ToLowerInvariant() is ".onnx" or ".tflite").Order(StringComparer.Ordinal).Take(2)];
        return single.Length == 1 ? Find(single[0]) : throw new UsageException($"The folder '{folder}' has none of what can be imported, or several: {Known}.");
    }

    private static ImportedSource TensorFlowJs(string topology)
    {
        var folder = Path.GetDirectoryName(topology)!;
        var files = new List<(string Name, string Path)> { (Path.GetFileName(topology), topology) };
        foreach (var name in WeightFiles(topology))
        {
            var path = Path.GetFullPath(Path.Combine(folder, name));
            if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new UsageException($"'{topology}' names weights outside of its folder: '{name}'.");
            if (!File.Exists(path)) throw new UsageException($"'{topology}' names the weights '{name}', which are not beside it.");
            files.Add((name, path));
        }

        return new ImportedSource { Files = files, Graph = Graph, Format = ModelFormat.TensorFlowJs, GraphFiles = [.. files.Select(static file => file.Name)] };
    }

    /// <summary>The files of weights that a TensorFlow.js topology names, relative to it.</summary>
    /// <exception cref="UsageException">It describes no such model.</exception>
    internal static IReadOnlyList<string> WeightFiles(string topology)
    {
        using var json = ReadJson(topology);
        if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("weightsManifest", out var groups) || groups.ValueKind != JsonValueKind.Array)
        {
            throw new UsageException($"'{topology}' describes no TensorFlow.js model: it has no 'weightsManifest'.");
        }

        try
        {
            return [.. groups.EnumerateArray().SelectMany(WeightFiles).Distinct(StringComparer.Ordinal)];
        }
        catch (InvalidOperationException e)
        {
            throw new UsageException($"'{topology}' names weights by what is no text: {e.Message}");
        }
    }

    private static IEnumerable<string> WeightFiles(JsonElement group)
        => group.ValueKind == JsonValueKind.Object && group.TryGetProperty("paths", out var paths) && paths.ValueKind == JsonValueKind.Array
            ? paths.EnumerateArray().Where(static path => path.ValueKind == JsonValueKind.String).Select(static path => path.GetString()!)
            : [];

    /// <summary>Reads a description.</summary>
    /// <exception cref="UsageException">It is too large, cannot be read, or is no JSON.</exception>
    internal static JsonDocument ReadJson(string path)
    {
        try
        {
            var bytes = new FileInfo(path).Length;
            if (bytes > MostDescriptionBytes) throw new UsageException($"'{path}' has {bytes:N0} bytes; descriptions of up to {MostDescriptionBytes:N0} are read.");
            return JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 64 });
        }
        catch (JsonException e)
        {
            throw new UsageException($"'{path}' is no JSON: line {e.LineNumber + 1}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {e.Message}");
        }
    }
}
