using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.ModelTools;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Tables;
using EdgeHost.Plugins.Language.Training.Transformers;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>Puts the encoders and one head for both languages into the plugin's folder, with their manifests.</summary>
internal static class AssembleCommand
{
    private const int Labels = TableSettings.Sums;
    private const string English = "language-features-en";
    private const string Chinese = "language-features-zh";

    private static readonly string[] Languages = ["en", "zh"];

    /// <summary>Runs the command.</summary>
    public static void Run(Arguments arguments)
    {
        var (trained, models, version) = (arguments.Text("trained"), arguments.Text("models"), arguments.Optional("version") ?? "1.0.0");
        var englishVersion = arguments.Optional("english-version") ?? version;
        var isEnglishTrained = File.Exists(Path.Combine(trained, "en", EncoderFiles.Model));
        if (!isEnglishTrained) ShippedEnglish.Write(models, Path.Combine(trained, "en"), PretrainedEncoder.Width);
        var heads = Languages.Select(language => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(trained, language, EncoderFiles.Head))).ToArray()).ToArray();
        var (model, width) = Head(heads[0], heads[1]);
        var englishWidth = (heads[0].Length - Labels) / Labels;
        foreach (var language in Languages.Where(language => language != "en" || isEnglishTrained))
        {
            var id = $"language-features-{language}";
            Copy(Path.Combine(trained, language), Path.Combine(models, id), EncoderFiles.Model, TextEncoder.VocabularyFile);

            // The encoder's own features begin behind zeros for English that are as wide as they.
            var own = width - englishWidth;
            Place(Path.Combine(models, id, EncoderFiles.Model), language == "en" ? 0 : englishWidth - own, language == "en" ? own : 0);
            var name = language == "en" ? "English" : "Chinese";
            WriteManifest(models, id, language == "en" ? englishVersion : version, "text-features", $"Features of {name} texts, from which heads judge their tone.", EncoderFiles.Model, TextEncoder.VocabularyFile);
        }

        var folder = Path.Combine(models, "language-sentiment");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Model), model.ToBytes().ToArray());
        var part = width - englishWidth;
        var replays = Array.ConvertAll(Languages, language => File.ReadAllBytes(Path.Combine(trained, language, EncoderFiles.Replay)));
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Replay), ReplayFile.Join((replays[0], 0, part), (replays[1], englishWidth - part, 0)));
        File.WriteAllText(Path.Combine(folder, "model.json"), Description(width).ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n");
        WriteManifest(models, "language-sentiment", version, "sentiment", "Judges the tone of a text by its features: negative, neutral or positive.", EncoderFiles.Model, "model.json", EncoderFiles.Replay);
    }

    // A language's features stand behind those of the language before it, and zeros in place of the others': each encoder gives all of them.
    private static void Place(string file, int before, int after)
    {
        var model = ModelProto.Parse(File.ReadAllBytes(file));
        var graph = model.Graph!;
        var output = graph.Outputs[0].Name;
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.Outputs.Count; i++)
            {
                if (node.Outputs[i] == output) node.Outputs[i] = "own";
            }
        }

        graph.Initializers.Add(TensorProto.Of<long>("padding", new TensorShape(4), [0, before, 0, after]));
        var pad = new NodeProto { Operator = "Pad", Name = "place", Inputs = { "own", "padding" }, Outputs = { "features" } };
        graph.Nodes.Add(pad);
        graph.Outputs.Clear();
        graph.Outputs.Add(ValueInfoProto.Of("features", ElementType.Float32, new TensorShape(-1, -1)));
        File.WriteAllBytes(file, model.ToBytes().ToArray());
    }

    // English has its bias as the head's; that of Chinese is the weight of the 1 that ends its features.
    private static (ModelProto Model, int Width) Head(float[] english, float[] chinese)
    {
        var englishWidth = (english.Length - Labels) / Labels;
        var chineseWidth = (chinese.Length - Labels) / Labels / TableSettings.Languages;
        var width = englishWidth + chineseWidth;
        var weight = new float[width * Labels];
        english.AsSpan(0, englishWidth * Labels).CopyTo(weight);
        chinese.AsSpan(chineseWidth * Labels, chineseWidth * Labels).CopyTo(weight.AsSpan(englishWidth * Labels));
        var bias = english.AsSpan(englishWidth * Labels, Labels);
        for (var label = 0; label < Labels; label++) weight[weight.Length - Labels + label] += chinese[chinese.Length - Labels + label] - bias[label];

        var graph = new GraphBuilder();
        var features = graph.Input("features", ElementType.Float32, new TensorShape(-1, width));
        var logits = graph.Node(
            "Gemm",
            new TensorShape(-1, Labels),
            [features, graph.Initializer<float>("weight", new TensorShape(width, Labels), weight), graph.Initializer<float>("bias", new TensorShape(Labels), bias)]);
        graph.Output(logits, "logits");
        return (graph.Build(), width);
    }

    private static JsonObject Description(int width) => new()
    {
        ["task"] = "classify",
        ["labels"] = new JsonArray("negative", "neutral", "positive"),
        ["preprocessing"] = null,
        ["inputs"] = new JsonArray(new JsonObject { ["name"] = "features", ["shape"] = new JsonArray(-1, width) }),
        ["outputs"] = new JsonArray(new JsonObject { ["name"] = "logits", ["shape"] = new JsonArray(-1, Labels) }),
    };

    private static void Copy(string from, string to, params ReadOnlySpan<string> files)
    {
        Directory.CreateDirectory(to);
        foreach (var file in files) File.Copy(Path.Combine(from, file), Path.Combine(to, file), overwrite: true);
    }

    private static void WriteManifest(string models, string id, string version, string task, string summary, params ReadOnlySpan<string> files)
    {
        var list = new JsonArray();
        foreach (var file in files)
        {
            var content = File.ReadAllBytes(Path.Combine(models, id, file));
            list.Add(new JsonObject
            {
                ["name"] = file,
                ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
                ["bytes"] = content.Length,
                ["sources"] = new JsonArray($"file:{id}/{file}"),
            });
        }

        var manifest = new JsonObject
        {
            ["id"] = id,
            ["version"] = version,
            ["task"] = task,
            ["summary"] = summary,
            ["licence"] = new JsonObject
            {
                ["spdx"] = id == English ? "Apache-2.0" : "MIT",
                ["permissive"] = true,
                ["notice"] = (id == English ? "all-MiniLM-L6-v2, Copyright the Sentence Transformers authors, Apache License 2.0, trained further and changed. " : string.Empty) + "Trained by the EdgeHost authors on public data sets, some of which state no licence for their texts; none of the texts is in the model. " + (id == Chinese ? "Chinese sentences of the Tatoeba project (tatoeba.org), CC BY 2.0 FR, are among what it learned from. " : string.Empty) + "See docs/models/language-sentiment.md.",
            },
            ["shipped"] = true,
            ["variants"] = new JsonArray(new JsonObject { ["name"] = "int8", ["graph"] = files[0], ["devices"] = new JsonArray("cpu"), ["batching"] = null, ["files"] = list }),
        };
        File.WriteAllText(Path.Combine(models, $"{id}.json"), manifest.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n");
    }
}
