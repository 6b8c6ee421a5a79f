using System.Text.Json;
using EdgeHost.Host.Cli;

namespace EdgeHost.Host.Importing;

/// <summary>
/// Reads a folder of a model of texts, as hubs and ONNX Runtime GenAI lay them out: <c>config.json</c> or <c>genai_config.json</c>, <c>tokenizer.json</c>, and the graph. Models …ForCausalLM and …LMHeadModel generate text, encoders (…Model)
/// make vectors of it.
/// </summary>
internal static class TextFolder
{
    /// <summary>The file of ONNX Runtime GenAI.</summary>
    public const string GenAiConfig = "genai_config.json";

    private const string Tokenizer = "tokenizer.json";
    private const string Padding = "cache_padding";
    private const int BlockBytes = 1 << 20;

    private static readonly string[] Graphs =
    [
        "onnx/decoder_model_merged.onnx", "onnx/model.onnx", "model.onnx", "onnx/model_fp16.onnx", "onnx/model_quantized.onnx", "onnx/model_int8.onnx", "onnx/model_q4.onnx", "onnx/model_q4f16.onnx",
    ];

    private static readonly string[] Companions =
        ["config.json", GenAiConfig, "generation_config.json", "tokenizer_config.json", "chat_template.jinja", "modules.json", "sentence_bert_config.json", "1_Pooling/config.json"];

    /// <summary>The path of the graph in a folder, or null.</summary>
    public static string? FindGraph(string folder) => Graphs.Select(graph => Path.Combine(folder, graph)).FirstOrDefault(File.Exists);

    /// <summary>What a model of an architecture does with texts; null where it is of something else.</summary>
    /// <param name="architecture">The architecture as <c>config.json</c> names it.</param>
    public static string? TaskOf(string architecture)
    {
        if (architecture.EndsWith("ForCausalLM", StringComparison.Ordinal) || architecture.EndsWith("LMHeadModel", StringComparison.Ordinal)) return "text-generation";
        return architecture.EndsWith("Model", StringComparison.Ordinal) ? "text-embedding" : null;
    }

    /// <summary>Reads it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="task">What the model does.</param>
    /// <exception cref="UsageException">A file is missing, or what there is cannot be used; says which.</exception>
    public static ImportedSource Read(string folder, string task)
    {
        var graph = FindGraph(folder) ?? throw new UsageException($"'{folder}' has no graph: {string.Join(", ", Graphs)} are looked for.");
        if (!File.Exists(Path.Combine(folder, Tokenizer))) throw new UsageException($"'{folder}' has no {Tokenizer}; download it from where the model is from.");
        if (((string[])[$"{graph}_data", $"{graph}.data"]).FirstOrDefault(File.Exists) is { } outside)
        {
            throw new UsageException($"'{graph}' keeps its weights beside itself in '{Path.GetFileName(outside)}'; take a form of the model whose weights are inside of the graph, such as a quantised one.");
        }

        var files = new List<(string Name, string Path)> { ("model.onnx", graph), (Tokenizer, Path.Combine(folder, Tokenizer)) };
        foreach (var name in Companions)
        {
            var path = Path.Combine(folder, name);
            if (File.Exists(path)) files.Add((name, path));
        }

        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (task == "text-generation" && PaddingOf(graph) is { } padding) properties[Padding] = padding;
        return new ImportedSource { Files = files, Graph = "model.onnx", Task = task, Properties = properties };
    }

    /// <summary>The architecture of a <c>config.json</c>; empty where it names none.</summary>
    public static string ArchitectureOf(JsonElement config)
        => config.ValueKind == JsonValueKind.Object && config.TryGetProperty("architectures", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0 && list[0].ValueKind == JsonValueKind.String
            ? list[0].GetString()! : string.Empty;

    // Names of operators and inputs stand in the file as they are; to look for them costs no memory, and a graph may have gigabytes.
    private static string? PaddingOf(string graph)
    {
        var (grouped, positions) = (false, false);
        try
        {
            using var file = File.OpenRead(graph);
            var block = new byte[BlockBytes];
            var kept = 0;
            for (int read; (read = file.Read(block, kept, block.Length - kept)) > 0;)
            {
                var seen = block.AsSpan(0, kept + read);
                grouped |= seen.IndexOf("GroupQueryAttention"u8) >= 0;
                positions |= seen.IndexOf("position_ids"u8) >= 0;
                if (grouped) break;
                kept = Math.Min(seen.Length, 32);
                seen[^kept..].CopyTo(block);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{graph}' cannot be read: {e.Message}");
        }

        return grouped ? "right" : positions ? "left" : null;
    }
}
