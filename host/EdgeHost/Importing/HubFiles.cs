namespace EdgeHost.Host.Importing;

/// <summary>What is fetched of a repository: what the importer reads, and of several graphs of one model the one that it would take.</summary>
internal static class HubFiles
{
    /// <summary>Graphs of one model in the order in which they are preferred: the exact one first, then what exporters make of it, in falling precision.</summary>
    public static IReadOnlyList<string> Graphs { get; } = ["onnx/model.onnx", "model.onnx", "onnx/model_fp16.onnx", "onnx/model_quantized.onnx", "onnx/model_int8.onnx"];

    // Where a repository has none of the graphs above, all of these endings come: models of several graphs (an encoder and a decoder).
    private static readonly string[] GraphEndings = [".onnx"];

    // Weights that an exporter left outside of a graph, beside it.
    private static readonly string[] WeightEndings = ["_data", ".data"];

    private static readonly HashSet<string> Descriptions = new(StringComparer.Ordinal)
    {
        "config.json", "preprocessor_config.json", "generation_config.json", "genai_config.json",
        "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.json", "merges.txt", "vocab.txt", "source.spm", "target.spm",
    };

    /// <summary>Chooses.</summary>
    /// <param name="files">The paths of all files, with forward slashes, relative to the model's folder.</param>
    /// <returns>Those to fetch, in their order; empty where there is no graph.</returns>
    public static IReadOnlyList<string> Choose(IReadOnlyCollection<string> files)
    {
        if (MarianFolder.Choose(files) is { Count: > 0 } marian) return [.. files.Where(file => marian.Contains(file) || marian.Any(graph => WeightEndings.Any(ending => file == graph + ending)))];
        var graphs = Graphs.FirstOrDefault(files.Contains) is { } one ? [one] : files.Where(static file => GraphEndings.Any(ending => IsNamed(file, ending))).ToList();
        return graphs.Count == 0 ? [] : [.. files.Where(file => Descriptions.Contains(file) || graphs.Any(graph => file == graph || WeightEndings.Any(ending => file == graph + ending)))];
    }

    private static bool IsNamed(string file, string ending)
        => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase) && (!file.Contains('/', StringComparison.Ordinal) || file.StartsWith("onnx/", StringComparison.Ordinal));
}
