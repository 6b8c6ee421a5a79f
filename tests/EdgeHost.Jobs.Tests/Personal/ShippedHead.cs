using System.Buffers.Binary;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Results;
using EdgeHost.Learning.Examples;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Jobs.Tests.Personal;

/// <summary>
/// A shipped model <c>head</c> that tells left from right and top by two numbers, and an encoder <c>eye</c> whose version can be changed. The newest version that jobs made serves. Its replay knows left and right.
/// </summary>
internal sealed class ShippedHead : IShippedModels
{
    public const string Id = "head";
    private readonly string _folder;

    public ShippedHead(string folder, ITrainedModels? trained = null)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        Trained = trained;
        File.WriteAllBytes(Path.Combine(_folder, "model.onnx"), Graph().ToBytes().ToArray());
        File.WriteAllText(Path.Combine(_folder, "model.json"), """{ "task": "classify", "labels": ["right", "left", "top"] }""");
        File.WriteAllBytes(Path.Combine(_folder, "replay.bin"), Replay(300));
    }

    public ITrainedModels? Trained { get; set; }

    public string Version { get; set; } = "1.0.0";

    public string EyeVersion { get; set; } = "1.0.0";

    public string Spec(string more = "", string? data = null) => $$"""
        {
          "personalises": "head", "task": "classify",
          "data": {{data ?? """{ "dataset": "judge", "replay": "replay.bin" }"""}},
          "network": { "inputs": [{ "name": "x", "shape": [2] }], "layers": [{ "name": "out", "kind": "linear", "width": 3 }], "loss": { "kind": "cross_entropy" } },
          "optimiser": { "kind": "adam", "rate": 0.02 }, "batch": 16, "epochs": 20{{more}}
        }
        """;

    public async ValueTask<ShippedModel> FindAsync(ExampleOwner owner, string model, string? version, CancellationToken cancellationToken)
    {
        if (model == "eye") return Of(model, EyeVersion, null);
        if (model != Id) throw new EdgeHostException(ErrorCode.NotFound, $"There is no model '{model}'.");
        var own = Trained is null ? null : await Trained.FindAsync(owner, model, version == Version ? "none" : version, cancellationToken);
        return Of(model, own?.Version ?? Version, own?.GraphPath);
    }

    /// <summary>A replay file: x below 0 is left, above right.</summary>
    public static byte[] Replay(int count)
    {
        var file = new byte[12 + (count * 5)];
        "EHR1"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), count);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), 2);
        var random = new Random(9);
        for (var i = 0; i < count; i++)
        {
            var row = file.AsSpan(12 + (i * 5), 5);
            row[0] = (byte)(i % 2);
            BinaryPrimitives.WriteHalfLittleEndian(row[1..], (Half)((i % 2 == 0 ? 1 : -1) * (0.2 + random.NextDouble())));
            BinaryPrimitives.WriteHalfLittleEndian(row[3..], (Half)(random.NextDouble() - 0.5));
        }

        return file;
    }

    /// <summary>x · [[4, -4, 0], [0, 0, 0]] + [0, 0, -4]: what is right and left; nothing is top.</summary>
    public static ModelProto Graph(string output = "logits", long inputs = 2)
    {
        var graph = new GraphBuilder();
        var x = graph.Input("x", ElementType.Float32, new TensorShape(-1, inputs));
        var weight = new float[inputs * 3];
        (weight[0], weight[1]) = (4, -4);
        graph.Output(
            graph.Node("Gemm", new TensorShape(-1, 3), [x, graph.Initializer<float>("w", new TensorShape(inputs, 3), weight), graph.Initializer<float>("b", new TensorShape(3), [0, 0, -4])]), output);
        return graph.Build();
    }

    private ShippedModel Of(string model, string version, string? graph) => new()
    {
        Id = model,
        Version = version,
        GraphPath = graph ?? Path.Combine(_folder, "model.onnx"),
        Base = model == "eye" ? EyeVersion : Version,
        BaseGraphPath = Path.Combine(_folder, "model.onnx"),
        BaseFiles = Directory.GetFiles(_folder).ToDictionary(static path => Path.GetFileName(path), StringComparer.Ordinal),
    };
}
