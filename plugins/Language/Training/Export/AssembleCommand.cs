using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.ModelTools;
using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Students;

namespace EdgeHost.Plugins.Language.Training.Export;

/// <summary>Puts the encoders and one head for both languages into the plugin's folder, with their manifests.</summary>
internal static class AssembleCommand
{
    private const int Labels = StudentSettings.Sums;
    private static readonly string[] Languages = ["en", "zh"];

    /// <summary>Runs the command.</summary>
    public static void Run(Arguments arguments)
    {
        var (trained, models, version) = (arguments.Text("trained"), arguments.Text("models"), arguments.Optional("version") ?? "1.0.0");
        foreach (var language in Languages)
        {
            var id = $"language-features-{language}";
            Copy(Path.Combine(trained, language), Path.Combine(models, id), EncoderFiles.Model, TextEncoder.VocabularyFile);
            var name = language == "en" ? "English" : "Chinese";
            WriteManifest(models, id, version, "text-features", $"Features of {name} texts, from which heads judge their tone.", EncoderFiles.Model, TextEncoder.VocabularyFile);
        }

        var folder = Path.Combine(models, "language-sentiment");
        Directory.CreateDirectory(folder);
        var heads = Languages.Select(language => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(trained, language, EncoderFiles.Head))).ToArray()).ToArray();
        var (model, width) = Head(heads);
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Model), model.ToBytes().ToArray());
        File.WriteAllBytes(Path.Combine(folder, EncoderFiles.Replay), ReplayFile.Join([.. Languages.Select(language => File.ReadAllBytes(Path.Combine(trained, language, EncoderFiles.Replay)))]));
        File.WriteAllText(Path.Combine(folder, "model.json"), Description(width).ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n");
        WriteManifest(models, "language-sentiment", version, "sentiment", "Judges the tone of a text by its features: negative, neutral or positive.", EncoderFiles.Model, "model.json", EncoderFiles.Replay);
    }

    // Each language's weights stand in its part of the features; its bias is the weight of the 1 that ends the part.
    private static (ModelProto Model, int Width) Head(float[][] heads)
    {
        var width = (heads[0].Length - Labels) / Labels;
        var part = width / heads.Length;
        var weight = new float[width * Labels];
        for (var language = 0; language < heads.Length; language++)
        {
            var (first, count) = (language * part * Labels, part * Labels);
            heads[language].AsSpan(first, count).CopyTo(weight.AsSpan(first));
            for (var label = 0; label < Labels; label++) weight[first + count - Labels + label] += heads[language][(width * Labels) + label];
        }

        var graph = new GraphBuilder();
        var features = graph.Input("features", ElementType.Float32, new TensorShape(-1, width));
        var logits = graph.Node(
            "Gemm",
            new TensorShape(-1, Labels),
            [features, graph.Initializer<float>("weight", new TensorShape(width, Labels), weight), graph.Initializer<float>("bias", new TensorShape(Labels), new float[Labels])]);
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
                ["spdx"] = "MIT",
                ["permissive"] = true,
                ["notice"] = "Trained by the EdgeHost authors on public data sets, some of which state no licence for their texts; none of the texts is in the model. See docs/models/language-sentiment.md.",
            },
            ["shipped"] = true,
            ["variants"] = new JsonArray(new JsonObject { ["name"] = "int8", ["graph"] = files[0], ["devices"] = new JsonArray("cpu"), ["batching"] = null, ["files"] = list }),
        };
        File.WriteAllText(Path.Combine(models, $"{id}.json"), manifest.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true }) + "\n");
    }
}
