using System.Globalization;
using System.Text.Json;
using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Importing;

/// <summary>
/// Reads a folder as model hubs lay them out for Transformers: <c>config.json</c> with the classes' names (<c>id2label</c>) and the architecture, <c>preprocessor_config.json</c> with how a picture
/// becomes the input, and <c>onnx/model.onnx</c>. The two tasks of pictures that the Vision plugin knows by such a folder are image classification and object detection; those of texts: <see cref="TextFolder"/>.
/// </summary>
internal static class HubFolder
{
    private const string Labels = "config.json";

    /// <summary>The path of the graph in a folder, or null.</summary>
    public static string? FindGraph(string folder) => HubFiles.Graphs.Select(graph => Path.Combine(folder, graph)).FirstOrDefault(File.Exists);

    /// <summary>Reads it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="config">Its <c>config.json</c>.</param>
    /// <param name="graph">The graph.</param>
    /// <exception cref="UsageException">It is for another task, or a file of it cannot be read.</exception>
    public static ImportedSource Read(string folder, string config, string graph)
    {
        try
        {
            return ReadWellFormed(folder, config, graph);
        }
        catch (InvalidOperationException e)
        {
            // Every field is asked for as what it should be; a text may also be none, though the document around it is well formed.
            throw new UsageException($"'{config}' or the description of its pictures cannot be read: {e.Message}");
        }
    }

    private static ImportedSource ReadWellFormed(string folder, string config, string graph)
    {
        using var json = SourceFinder.ReadJson(config);
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw new UsageException($"'{config}' describes no model: it is no JSON object.");
        if (TextFolder.TaskOf(TextFolder.ArchitectureOf(json.RootElement)) is { } texts) return TextFolder.Read(folder, texts);
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["labels"] = Labels };
        var task = TaskOf(json.RootElement, config, properties);
        if (!json.RootElement.TryGetProperty("id2label", out var labels) || labels.ValueKind != JsonValueKind.Object) throw new UsageException($"'{config}' does not name the model's classes: 'id2label' is missing.");
        var preprocessing = Path.Combine(folder, "preprocessor_config.json");
        if (File.Exists(preprocessing))
        {
            using var given = SourceFinder.ReadJson(preprocessing);
            AddPreprocessing(given.RootElement, task, properties);
        }

        return new ImportedSource { Files = [("model.onnx", graph), (Labels, config)], Graph = "model.onnx", Task = task, Properties = properties };
    }

    private static string TaskOf(JsonElement config, string path, SortedDictionary<string, string> properties)
    {
        var architecture = TextFolder.ArchitectureOf(config);
        if (architecture.EndsWith("ForImageClassification", StringComparison.Ordinal))
        {
            properties["family"] = "imagenet-logits";
            return "image-classification";
        }

        if (architecture.EndsWith("ForObjectDetection", StringComparison.Ordinal))
        {
            properties["family"] = architecture.StartsWith("RTDetr", StringComparison.Ordinal) || architecture.StartsWith("DFine", StringComparison.Ordinal) ? "hf-rt-detr" : "hf-detr";
            return "object-detection";
        }

        throw new UsageException($"'{path}' is of the architecture '{architecture}'; folders of models …ForImageClassification, …ForObjectDetection, …ForCausalLM and of encoders (…Model) are taken. Import its .onnx file with --task and --property for anything else.");
    }

    // The processor resizes, cuts out the middle, multiplies, subtracts a mean and divides, in this order; what it leaves out does not happen.
    private static void AddPreprocessing(JsonElement given, string task, SortedDictionary<string, string> properties)
    {
        if (given.ValueKind != JsonValueKind.Object) return;
        var shortest = SizeOf(given, "size");
        var isCropped = Flag(given, "do_center_crop") ?? false;
        if (isCropped && SizeOf(given, "crop_size") is { } crop && shortest is { } size)
        {
            properties["fit"] = "crop";
            properties["crop"] = Number(Math.Clamp(crop / size, 0.1, 1));
        }
        else
        {
            properties["fit"] = "squash";
        }

        if (shortest is { } side && task == "object-detection") properties["size"] = Number(side);
        properties["scale"] = Number(Flag(given, "do_rescale") == false ? 1 : Value(given, "rescale_factor") ?? 1 / 255.0);
        if (Flag(given, "do_normalize") == false) return;
        if (Values(given, "image_mean") is { } mean) properties["mean"] = mean;
        if (Values(given, "image_std") is { } deviation) properties["std"] = deviation;
    }

    private static double? SizeOf(JsonElement given, string name)
    {
        if (!given.TryGetProperty(name, out var size)) return null;
        if (size.ValueKind == JsonValueKind.Number) return size.GetDouble();
        if (size.ValueKind != JsonValueKind.Object) return null;
        return Value(size, "shortest_edge") ?? Value(size, "height");
    }

    private static double? Value(JsonElement given, string name) => given.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static bool? Flag(JsonElement given, string name) => given.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    private static string? Values(JsonElement given, string name)
        => given.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() is 1 or 3 && list.EnumerateArray().All(static value => value.ValueKind == JsonValueKind.Number)
            ? string.Join(',', list.EnumerateArray().Select(static value => Number(value.GetDouble()))) : null;

    private static string Number(double value) => value.ToString("0.########", CultureInfo.InvariantCulture);
}
