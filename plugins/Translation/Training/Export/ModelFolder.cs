using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Plugins.Text.Pieces;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Weights;

namespace EdgeHost.Plugins.Translation.Training.Export;

/// <summary>A model as a folder, as the exports of OPUS-MT lay it out.</summary>
internal static class ModelFolder
{
    /// <summary>The ending of files that compute in Float32.</summary>
    public const string Ending = ".onnx";

    /// <summary>The ending of files whose products have weights of 8 bits.</summary>
    public const string SmallEnding = "_quantized.onnx";

    private const string Encoder = "encoder_model";
    private const string Decoder = "decoder_model_merged";
    private const string Shipped = "model.onnx";
    private const int MostPieces = 128;
    private const int Beams = 4;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    /// <summary>Files beside the encoder that a translation needs.</summary>
    public static IReadOnlyList<string> BesideEncoder { get; } = ["config.json", "generation_config.json", "source.spm", "vocab.json"];

    /// <summary>The encoder's file in a folder of an export, or in one that ships with the plugin.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is none.</exception>
    public static string EncoderOf(string folder, bool isSmall) => Find(folder, isSmall, Encoder, Path.Combine(folder, Shipped));

    /// <summary>The decoder's file, likewise.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: there is none.</exception>
    public static string DecoderOf(string folder, bool isSmall) => Find(folder, isSmall, Decoder, Path.Combine($"{Path.TrimEndingDirectorySeparator(folder)}-decoder", Shipped));

    /// <summary>The pieces of a folder's model; those of both languages are in one vocabulary.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: its ids are not as this tool's models have them.</exception>
    public static PieceVocabulary VocabularyOf(string folder)
    {
        var vocabulary = PieceVocabulary.Read(File.ReadAllBytes(Path.Combine(folder, "source.spm")), File.ReadAllBytes(Path.Combine(folder, "vocab.json")));
        if (vocabulary.EndId != MarianShape.End || vocabulary.UnknownId != MarianShape.Unknown) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The vocabulary of '{folder}' ends a text with {vocabulary.EndId}, and what it does not know is {vocabulary.UnknownId}; they must be {MarianShape.End} and {MarianShape.Unknown}.");
        return vocabulary;
    }

    /// <summary>The sizes that a folder names.</summary>
    public static MarianShape ShapeOf(string folder)
    {
        var config = JsonNode.Parse(File.ReadAllBytes(Path.Combine(folder, "config.json")))!;
        return new MarianShape
        {
            Vocabulary = Number("vocab_size"),
            Width = Number("d_model"),
            Heads = Number("encoder_attention_heads"),
            Inner = Number("encoder_ffn_dim"),
            EncoderLayers = Number("encoder_layers"),
            DecoderLayers = Number("decoder_layers"),
        };

        int Number(string name) => config[name]?.GetValue<int>() ?? throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{folder}/config.json' has no {name}.");
    }

    /// <summary>Writes a folder.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="weights">The model's numbers.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="vocabulary">The folder whose vocabulary it has.</param>
    /// <param name="languages">The languages, from and to, by their three letters.</param>
    public static void Write(string folder, ModelWeights weights, MarianShape shape, string vocabulary, (string From, string To) languages)
    {
        Directory.CreateDirectory(folder);
        foreach (var isSmall in new[] { false, true })
        {
            var ending = isSmall ? SmallEnding : Ending;
            File.WriteAllBytes(Path.Combine(folder, $"{Encoder}{ending}"), EncoderFile.Build(weights, shape, isSmall));
            File.WriteAllBytes(Path.Combine(folder, $"{Decoder}{ending}"), DecoderFile.Build(weights, shape, isSmall));
        }

        File.Copy(Path.Combine(vocabulary, "vocab.json"), Path.Combine(folder, "vocab.json"), overwrite: true);
        File.Copy(Path.Combine(vocabulary, "source.spm"), Path.Combine(folder, "source.spm"), overwrite: true);
        File.Copy(Path.Combine(vocabulary, "source.spm"), Path.Combine(folder, "target.spm"), overwrite: true);
        WriteJson(folder, "config.json", Config(shape, languages));
        WriteJson(folder, "generation_config.json", Generation(shape));
        WriteJson(folder, "tokenizer_config.json", new JsonObject
        {
            ["source_lang"] = languages.From,
            ["target_lang"] = languages.To,
            ["model_max_length"] = MarianGraph.MostPlaces,
            ["separate_vocabs"] = false,
            ["eos_token"] = "</s>",
            ["unk_token"] = "<unk>",
            ["pad_token"] = "<pad>",
            ["tokenizer_class"] = "MarianTokenizer",
        });
    }

    private static string Find(string folder, bool isSmall, string name, string shipped)
    {
        string[] endings = isSmall ? [SmallEnding, Ending] : [Ending, SmallEnding];
        return endings.Select(ending => Path.Combine(folder, name + ending)).Append(shipped).FirstOrDefault(File.Exists)
            ?? throw new EdgeHostException(ErrorCode.NotFound, $"'{folder}' has no {name}{Ending}, {name}{SmallEnding} or {Path.GetFileName(shipped)}.");
    }

    private static JsonObject Generation(MarianShape shape) => new()
    {
        ["bad_words_ids"] = new JsonArray(new JsonArray(shape.Pad)),
        ["bos_token_id"] = 0,
        ["decoder_start_token_id"] = shape.Pad,
        ["eos_token_id"] = 0,
        ["forced_eos_token_id"] = 0,
        ["max_length"] = MostPieces,
        ["num_beams"] = Beams,
        ["pad_token_id"] = shape.Pad,
    };

    private static JsonObject Config(MarianShape shape, (string From, string To) languages)
    {
        var config = Generation(shape);
        config["_name_or_path"] = $"edgehost-small-{languages.From}-{languages.To}";
        config["architectures"] = new JsonArray("MarianMTModel");
        config["model_type"] = "marian";
        config["activation_function"] = "swish";
        config["add_bias_logits"] = false;
        config["add_final_layer_norm"] = false;
        config["d_model"] = shape.Width;
        config["decoder_attention_heads"] = shape.Heads;
        config["decoder_ffn_dim"] = shape.Inner;
        config["decoder_layers"] = shape.DecoderLayers;
        config["decoder_vocab_size"] = shape.Vocabulary;
        config["encoder_attention_heads"] = shape.Heads;
        config["encoder_ffn_dim"] = shape.Inner;
        config["encoder_layers"] = shape.EncoderLayers;
        config["is_encoder_decoder"] = true;
        config["max_position_embeddings"] = MarianGraph.MostPlaces;
        config["normalize_before"] = false;
        config["normalize_embedding"] = false;
        config["num_hidden_layers"] = shape.EncoderLayers;
        config["scale_embedding"] = true;
        config["share_encoder_decoder_embeddings"] = true;
        config["static_position_embeddings"] = true;
        config["use_cache"] = true;
        config["vocab_size"] = shape.Vocabulary;
        return config;
    }

    private static void WriteJson(string folder, string name, JsonObject content) => File.WriteAllText(Path.Combine(folder, name), content.ToJsonString(Json) + "\n");
}
