using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeHost.Host.Cli;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.Host.Importing;

/// <summary>
/// Reads a folder of a Marian model as Optimum exports it (OPUS-MT): <c>config.json</c> with <c>model_type</c> <c>marian</c>, an encoder, a decoder in one file or two, <c>source.spm</c> and
/// <c>vocab.json</c>. The Translation plugin finds such a model by its task.
/// </summary>
internal static partial class MarianFolder
{
    /// <summary>The file by which such a folder is known.</summary>
    public const string Pieces = "source.spm";

    private const string Config = "config.json";
    private const string Ids = "vocab.json";
    private const string Graph = "model.onnx";
    private const int Rows = 8;

    // Weights of 8 bits first: a fifth of the memory. Of graphs in half precision not all take and give 32-bit floats.
    private static readonly string[] Precisions = ["_quantized", "_int8", ""];
    private static readonly string[] Places = ["onnx/", ""];

    private static readonly string[] Beside = [Config, "generation_config.json", Pieces, Ids, "target_vocab.json", "tokenizer_config.json"];

    /// <summary>What is taken of such a folder.</summary>
    /// <param name="files">The paths of all files, with forward slashes, relative to it.</param>
    /// <returns>Those to take, or none: it is no such folder.</returns>
    public static IReadOnlyList<string> Choose(IReadOnlyCollection<string> files)
        => files.Contains(Pieces) && GraphsOf(files) is { } graphs ? [.. Beside.Where(files.Contains), .. graphs] : [];

    /// <summary>Reads it; null where it is no such folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="UsageException">A file of it is missing or cannot be read, or does not say what the languages are.</exception>
    public static ImportedSource? Read(string folder)
    {
        if (!File.Exists(Path.Combine(folder, Config))) return null;
        using var config = SourceFinder.ReadJson(Path.Combine(folder, Config));
        if (Text(config.RootElement, "model_type") != "marian") return null;
        if (Array.Find([Pieces, Ids], name => !File.Exists(Path.Combine(folder, name))) is { } missing) throw new UsageException($"'{folder}' is of a Marian model and has no '{missing}', without which nobody knows its words.");
        string[] files = [.. Places.SelectMany(place => Directory.Exists(Path.Combine(folder, place)) ? Directory.EnumerateFiles(Path.Combine(folder, place)).Select(path => place + Path.GetFileName(path)) : [])];
        if (GraphsOf(files) is not { } graphs) throw new UsageException($"'{folder}' is of a Marian model and lacks its graphs: encoder_model.onnx with decoder_model_merged.onnx, or with decoder_model.onnx and decoder_with_past_model.onnx, as Optimum exports them.");
        var isExact = !Precisions.Any(precision => precision.Length > 0 && graphs[0].Contains(precision, StringComparison.Ordinal));
        return new ImportedSource
        {
            Files = [(Graph, Full(folder, graphs[0])), .. Beside.Where(name => File.Exists(Path.Combine(folder, name))).Select(name => (name, Full(folder, name)))],
            Graph = Graph,
            Task = "translation",
            Properties = PropertiesOf(folder, config.RootElement, isExact),
            Batching = isExact ? JoinedTexts(config.RootElement) : null,
            Parts = graphs.Skip(1).Select((graph, i) => (Role: i == 0 ? "decoder" : "decoder_with_past", Graph: graph)).ToDictionary(
                static part => part.Role,
                part => new ImportedSource { Files = [(Graph, Full(folder, part.Graph))], Graph = Graph, Task = "translation-decoder" },
                StringComparer.Ordinal),
        };
    }

    private static string Full(string folder, string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    private static string[]? GraphsOf(IReadOnlyCollection<string> files)
    {
        foreach (var precision in Precisions)
        {
            foreach (var place in Places)
            {
                string[] merged = [$"{place}encoder_model{precision}.onnx", $"{place}decoder_model_merged{precision}.onnx"];
                if (merged.All(files.Contains)) return merged;
            }
        }

        foreach (var precision in Precisions)
        {
            foreach (var place in Places)
            {
                string[] apart = [$"{place}encoder_model{precision}.onnx", $"{place}decoder_model{precision}.onnx", $"{place}decoder_with_past_model{precision}.onnx"];
                if (apart.All(files.Contains)) return apart;
            }
        }

        return null;
    }

    private static SortedDictionary<string, string> PropertiesOf(string folder, JsonElement config, bool isExact)
    {
        var (source, target) = LanguagesOf(folder, config);
        var properties = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["family"] = "marian", ["source"] = source, ["target"] = target };

        // Quantised on the fly, a text would get other numbers beside other texts.
        if (isExact) properties["max_rows"] = Rows.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (PrefixOf(folder, target) is { } prefix) properties["prefix"] = prefix;
        return properties;
    }

    private static (string Source, string Target) LanguagesOf(string folder, JsonElement config)
    {
        var tokenizer = Path.Combine(folder, "tokenizer_config.json");
        if (File.Exists(tokenizer))
        {
            using var json = SourceFinder.ReadJson(tokenizer);
            if (Text(json.RootElement, "source_lang") is { Length: > 0 } source && Text(json.RootElement, "target_lang") is { Length: > 0 } target) return (source, target);
        }

        var name = NamedLanguages().Match(Text(config, "_name_or_path") ?? string.Empty);
        if (!name.Success) name = NamedLanguages().Match(Path.GetFileName(folder));
        return name.Success
            ? (name.Groups["source"].Value, name.Groups["target"].Value)
            : throw new UsageException($"'{folder}' does not say what it translates: tokenizer_config.json has no 'source_lang' and 'target_lang', and its name is not opus-mt-SOURCE-TARGET.");
    }

    // A model of several languages has a piece for each, and wants the one that is to be written before the text.
    private static string? PrefixOf(string folder, string target)
    {
        using var json = SourceFinder.ReadJson(Path.Combine(folder, Ids));
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw new UsageException($"'{Path.Combine(folder, Ids)}' is no vocabulary.");
        string[] wanted = target is "zh" or "zho" or "cmn" ? [">>cmn_Hans<<", ">>zho<<", ">>cmn<<"] : [$">>{target}<<"];
        return Array.Find(wanted, piece => json.RootElement.TryGetProperty(piece, out _));
    }

    private static VariantBatching JoinedTexts(JsonElement config) => new()
    {
        Axis = 0,
        MaxSize = Rows,
        PaddedAxes =
        [
            new VariantPadding("input_ids", 1, config.TryGetProperty("pad_token_id", out var padding) && padding.TryGetInt32(out var id) ? id : 0, "last_hidden_state", 1),
            new VariantPadding("attention_mask", 1, 0, null, 0),
        ],
    };

    private static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex("opus-mt-(?:tc-(?:big|base)-)?(?<source>[a-z]{2,3})-(?<target>[a-z]{2,3})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedLanguages();
}
