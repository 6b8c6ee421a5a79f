using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Weights;

namespace EdgeHost.Plugins.Translation.Training.Export;

/// <summary>A model as a folder, as the exports of OPUS-MT lay it out.</summary>
internal static class ModelFolder
{
    /// <summary>The encoder's file, without its ending.</summary>
    public const string Encoder = "encoder_model";

    /// <summary>The decoder's file, without its ending.</summary>
    public const string Decoder = "decoder_model_merged";

    /// <summary>The ending of files that compute in Float32.</summary>
    public const string Ending = ".onnx";

    /// <summary>The ending of files whose products have weights of 8 bits.</summary>
    public const string SmallEnding = "_quantized.onnx";

    private const int MostPieces = 128;
    private const int Beams = 4;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

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
    /// <param name="isReversed">Whether it goes the other way than that folder's model.</param>
    /// <param name="languages">The languages, from and to, by their three letters.</param>
    public static void Write(string folder, ModelWeights weights, MarianShape shape, string vocabulary, bool isReversed, (string From, string To) languages)
    {
        Directory.CreateDirectory(folder);
        foreach (var isSmall in new[] { false, true })
        {
            var ending = isSmall ? SmallEnding : Ending;
            File.WriteAllBytes(Path.Combine(folder, $"{Encoder}{ending}"), EncoderFile.Build(weights, shape, isSmall));
            File.WriteAllBytes(Path.Combine(folder, $"{Decoder}{ending}"), DecoderFile.Build(weights, shape, isSmall));
        }

        File.Copy(Path.Combine(vocabulary, "vocab.json"), Path.Combine(folder, "vocab.json"), overwrite: true);
        File.Copy(Path.Combine(vocabulary, isReversed ? "target.spm" : "source.spm"), Path.Combine(folder, "source.spm"), overwrite: true);
        File.Copy(Path.Combine(vocabulary, isReversed ? "source.spm" : "target.spm"), Path.Combine(folder, "target.spm"), overwrite: true);
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
