using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Plugins.Vision.Scenes;

namespace EdgeHost.Plugins.Vision.Training.Scenes;

/// <summary>Writes a head as the model that the plugin ships. No state.</summary>
internal static class SceneExport
{
    /// <summary>The file of the graph.</summary>
    public const string Graph = "model.onnx";

    /// <summary>The file of the labels.</summary>
    public const string Labels = "labels.txt";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the model's files and its manifest.</summary>
    /// <param name="head">The head.</param>
    /// <param name="threshold">From which probability it is sure.</param>
    /// <param name="width">Numbers of the vectors that it is given.</param>
    /// <param name="models">The folder of the plugin's manifests.</param>
    /// <param name="version">The model's version.</param>
    /// <param name="vectors">The version whose means and deviations it has: its own, or that of the head that it went on from.</param>
    public static void Write(SceneLinear head, float threshold, int width, string models, string version, string vectors)
    {
        var folder = Path.Combine(models, SceneHead.ModelId);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, Graph), Model(head, width).ToBytes().ToArray());
        File.WriteAllText(Path.Combine(folder, Labels), string.Join('\n', head.Labels) + "\n", new UTF8Encoding(false));
        File.WriteAllText(Path.Combine(models, $"{SceneHead.ModelId}.json"), Manifest(folder, threshold, version, vectors).ToJsonString(Indented) + "\n");
    }

    private static ModelProto Model(SceneLinear head, int width)
    {
        var classes = head.Labels.Count;
        var graph = new GraphBuilder();
        var vector = graph.Input("vector", ElementType.Float32, new TensorShape(-1, width));
        var part = graph.Node("Slice", new TensorShape(-1, SceneLinear.Width), [vector, Place("begin", 0), Place("end", SceneLinear.Width), Place("axis", 1)], ElementType.Float32);
        var centred = graph.Node("Sub", part.Shape, [Unit(part), Row("mean", head.Mean)], ElementType.Float32);
        var input = graph.Node("Mul", part.Shape, [centred, Row("scale", head.Scale)], ElementType.Float32);
        var weight = graph.Initializer<float>("weight", new TensorShape(SceneLinear.Width, classes), head.Weight);
        graph.Output(graph.Node("Gemm", new TensorShape(-1, classes), [input, weight, Row("bias", head.Bias)]), "logits");
        graph.Output(Unit(input), SceneHead.StandardOutput);
        return graph.Build();

        GraphValue Place(string name, long value) => graph.Initializer<long>(name, new TensorShape(1), [value]);
        GraphValue Row(string name, float[] values) => graph.Initializer<float>(name, new TensorShape(values.Length), values);
        GraphValue Unit(GraphValue value) => graph.Node("LpNormalization", value.Shape, [value], ElementType.Float32, AttributeProto.Of("axis", 1), AttributeProto.Of("p", 2));
    }

    private static JsonObject Manifest(string folder, float threshold, string version, string vectors) => new()
    {
        ["id"] = SceneHead.ModelId,
        ["version"] = version,
        ["task"] = "scene-recognition",
        ["summary"] = "Says what kind of place a picture shows, by the vector that det-centernet makes of it.",
        ["licence"] = new JsonObject
        {
            ["spdx"] = "MIT",
            ["permissive"] = true,
            ["notice"] = "Trained by the EdgeHost authors on public photos whose sources state no licence and on pictures of packages under the GPL; none is in the model. See docs/models/vision-scenes.md.",
        },
        ["shipped"] = true,
        ["properties"] = new JsonObject
        {
            ["features_of"] = "det-centernet",
            ["labels"] = Labels,
            ["threshold"] = threshold.ToString("0.##", CultureInfo.InvariantCulture),
            [StandardEmbedder.VectorsProperty] = vectors,
        },
        ["variants"] = new JsonArray(new JsonObject
        {
            ["name"] = "fp32",
            ["graph"] = Graph,
            ["devices"] = new JsonArray("cpu"),
            ["batching"] = null,
            ["files"] = new JsonArray(Entry(folder, Graph), Entry(folder, Labels)),
        }),
    };

    private static JsonObject Entry(string folder, string file)
    {
        var content = File.ReadAllBytes(Path.Combine(folder, file));
        return new JsonObject
        {
            ["name"] = file,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content)),
            ["bytes"] = content.Length,
            ["sources"] = new JsonArray($"file:{SceneHead.ModelId}/{file}"),
        };
    }
}
