using System.Text.Json;

namespace EdgeHost.Plugins.Language.Generation.Models;

/// <summary>
/// What the files beside a decoder's graph say: <c>config.json</c> (Transformers), <c>genai_config.json</c> (ONNX Runtime GenAI) and <c>generation_config.json</c>, each where it is there. Immutable.
/// </summary>
internal sealed record DecoderConfig
{
    /// <summary>The file of Transformers.</summary>
    public const string HubFile = "config.json";

    /// <summary>The file of ONNX Runtime GenAI.</summary>
    public const string GenAiFile = "genai_config.json";

    /// <summary>The file with what Transformers generates by.</summary>
    public const string GenerationFile = "generation_config.json";

    /// <summary>How many tokens the model tells apart, or null.</summary>
    public int? Vocabulary { get; init; }

    /// <summary>The most tokens that it reads and writes together, or null.</summary>
    public int? Context { get; init; }

    /// <summary>Heads of its caches, or null.</summary>
    public int? CacheHeads { get; init; }

    /// <summary>Numbers of a head, or null.</summary>
    public int? HeadWidth { get; init; }

    /// <summary>Tokens that end a text.</summary>
    public IReadOnlySet<int> Ends { get; init; } = new HashSet<int>();

    /// <summary>Reads them.</summary>
    /// <param name="model">The model, for errors.</param>
    /// <param name="hub">The file of Transformers, or null.</param>
    /// <param name="genAi">The file of ONNX Runtime GenAI, or null.</param>
    /// <param name="generation">The file of generation, or null.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: one is no JSON, or none is there.</exception>
    public static DecoderConfig Read(string model, ReadOnlyMemory<byte>? hub, ReadOnlyMemory<byte>? genAi, ReadOnlyMemory<byte>? generation)
    {
        if (hub is null && genAi is null) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The model {model} has neither {HubFile} nor {GenAiFile}; import its folder again with one of them.");
        var config = new DecoderConfig();
        if (hub is { } first)
        {
            using var json = Parse(model, HubFile, first);

            // Models of pictures and texts keep what is of the text apart.
            var root = json.RootElement.TryGetProperty("text_config", out var text) && text.ValueKind == JsonValueKind.Object ? text : json.RootElement;
            var heads = Number(root, "num_attention_heads") ?? Number(root, "n_head");
            config = new DecoderConfig
            {
                Vocabulary = Number(root, "vocab_size"),
                Context = Number(root, "max_position_embeddings") ?? Number(root, "n_positions"),
                CacheHeads = Number(root, "num_key_value_heads") ?? heads,
                HeadWidth = Number(root, "head_dim") ?? ((Number(root, "hidden_size") ?? Number(root, "n_embd")) / heads),
                Ends = EndsOf(root),
            };
        }

        if (genAi is { } second)
        {
            using var json = Parse(model, GenAiFile, second);
            if (json.RootElement.TryGetProperty("model", out var about) && about.ValueKind == JsonValueKind.Object)
            {
                var decoder = about.TryGetProperty("decoder", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : about;
                config = config with
                {
                    Vocabulary = config.Vocabulary ?? Number(about, "vocab_size"),
                    Context = config.Context ?? Number(about, "context_length"),
                    CacheHeads = config.CacheHeads ?? Number(decoder, "num_key_value_heads"),
                    HeadWidth = config.HeadWidth ?? Number(decoder, "head_size"),
                    Ends = new HashSet<int>([.. config.Ends, .. EndsOf(about)]),
                };
            }
        }

        if (generation is not { } third) return config;
        using var last = Parse(model, GenerationFile, third);
        return config with { Ends = new HashSet<int>([.. config.Ends, .. EndsOf(last.RootElement)]) };
    }

    private static JsonDocument Parse(string model, string file, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind == JsonValueKind.Object) return json;
            json.Dispose();
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The {file} of the model {model} is no JSON object.");
        }
        catch (JsonException e)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The {file} of the model {model} is no JSON: line {e.LineNumber + 1}.", e);
        }
    }

    private static int? Number(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number > 0 ? number : null;

    private static HashSet<int> EndsOf(JsonElement root)
    {
        var ends = new HashSet<int>();
        if (!root.TryGetProperty("eos_token_id", out var given)) return ends;
        if (given.ValueKind == JsonValueKind.Number) ends.Add(given.GetInt32());
        if (given.ValueKind == JsonValueKind.Array) ends.UnionWith(given.EnumerateArray().Where(static id => id.ValueKind == JsonValueKind.Number).Select(static id => id.GetInt32()));
        return ends;
    }
}
