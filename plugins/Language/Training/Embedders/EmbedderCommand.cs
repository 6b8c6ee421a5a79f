using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.ModelTools;
using EdgeHost.Plugins.Language.Training.Export;
using EdgeHost.Plugins.Language.Training.Transformers;

namespace EdgeHost.Plugins.Language.Training.Embedders;

/// <summary>
/// Makes the model of <c>language.embed</c> that ships: the pretrained encoder as it is, with 8 bits a number in its vectors of word pieces and its linear layers, and the files that hubs keep beside one.
/// </summary>
internal static class EmbedderCommand
{
    private const string Id = "text-embedding-en";
    private const string Words = "embeddings.word_embeddings.weight";
    private const string Graph = "model.onnx";

    // Beyond it the encoder has never read.
    private const int MostPieces = 256;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Runs the command: <c>--package</c> is the package of the pretrained encoder, <c>--models</c> the plugin's folder of models.</summary>
    public static void Run(Arguments arguments)
    {
        var (pretrained, models) = (new PretrainedEncoder(arguments.Text("package")), arguments.Text("models"));
        var model = ModelProto.Parse(pretrained.Model);
        var words = pretrained.Tensor(Words);
        var (numbers, scales) = TableQuantisation.Round(words, PretrainedEncoder.Width);
        TableQuantisation.Replace(model, Words, numbers, scales);
        ProductQuantisation.Replace(model);
        var folder = Path.Combine(models, Id);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, Graph), model.ToBytes().ToArray());
        Write(folder, "tokenizer.json", Tokenizer(pretrained.Vocabulary), Plain);
        Write(folder, "config.json", new JsonObject { ["architectures"] = new JsonArray("BertModel"), ["max_position_embeddings"] = 512 }, Indented);
        Write(folder, "sentence_bert_config.json", new JsonObject { ["max_seq_length"] = MostPieces, ["do_lower_case"] = false }, Indented);
        File.WriteAllText(Path.Combine(models, $"{Id}.json"), Manifest(folder, arguments.Optional("version") ?? "1.0.0").ToJsonString(Indented) + "\n");
        Console.WriteLine($"{Id}: {pretrained.Vocabulary.Length} pieces, {new FileInfo(Path.Combine(folder, Graph)).Length} bytes");
    }

    private static JsonObject Tokenizer(string[] vocabulary)
    {
        var pieces = new JsonObject();
        for (var i = 0; i < vocabulary.Length; i++) pieces[vocabulary[i]] = i;
        return new JsonObject
        {
            ["normalizer"] = new JsonObject { ["type"] = "BertNormalizer", ["clean_text"] = true, ["handle_chinese_chars"] = true, ["strip_accents"] = null, ["lowercase"] = true },
            ["model"] = new JsonObject { ["type"] = "WordPiece", ["unk_token"] = "[UNK]", ["continuing_subword_prefix"] = "##", ["vocab"] = pieces },
        };
    }

    private static void Write(string folder, string file, JsonObject json, JsonSerializerOptions options) => File.WriteAllText(Path.Combine(folder, file), json.ToJsonString(options) + "\n");

    private static JsonObject Manifest(string folder, string version)
    {
        var files = new JsonArray();
        foreach (var file in (string[])[Graph, "tokenizer.json", "config.json", "sentence_bert_config.json"])
        {
            var content = File.ReadAllBytes(Path.Combine(folder, file));
            files.Add(new JsonObject
            {
                ["name"] = file, ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)), ["bytes"] = content.Length, ["sources"] = new JsonArray($"file:{Id}/{file}"),
            });
        }

        return new JsonObject
        {
            ["id"] = Id,
            ["version"] = version,
            ["task"] = "text-embedding",
            ["summary"] = "Vectors of English texts: what means alike points alike.",
            ["licence"] = new JsonObject
            {
                ["spdx"] = "Apache-2.0",
                ["permissive"] = true,
                ["notice"] = "all-MiniLM-L6-v2, Copyright the Sentence Transformers authors, Apache License 2.0, rounded to 8 bits. See docs/models/text-embedding.md.",
            },
            ["shipped"] = true,
            ["variants"] = new JsonArray(new JsonObject { ["name"] = "int8", ["graph"] = Graph, ["devices"] = new JsonArray("cpu"), ["batching"] = null, ["files"] = files }),
        };
    }
}
