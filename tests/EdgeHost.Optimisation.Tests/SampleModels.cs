using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Optimisation.Examples;

namespace EdgeHost.Optimisation.Tests;

/// <summary>Small models with random weights, and examples for them.</summary>
internal static class SampleModels
{
    /// <summary>Ids into a table, a mean, two layers: embedding, MatMul, Gemm.</summary>
    public static ModelProto Text(int seed = 1)
    {
        var random = new Random(seed);
        var builder = new GraphBuilder();
        var ids = builder.Input("ids", ElementType.Int64, new TensorShape(-1, 6));
        var table = builder.Initializer<float>("table", new TensorShape(200, 64), Values(random, 200 * 64, 0.5f));
        var rows = builder.Node("Gather", new TensorShape(-1, 6, 64), [table, ids]);
        var mean = builder.Node("ReduceMean", new TensorShape(-1, 64), [rows, builder.Constant(1L)], null, AttributeProto.Of("keepdims", 0L));
        var first = builder.Initializer<float>("first", new TensorShape(64, 48), Values(random, 64 * 48, 0.3f));
        var hidden = builder.Node("Relu", new TensorShape(-1, 48), [builder.Node("MatMul", new TensorShape(-1, 48), [mean, first])]);
        var second = builder.Initializer<float>("second", new TensorShape(16, 48), Values(random, 48 * 16, 0.4f));
        var bias = builder.Initializer<float>("bias", new TensorShape(16), Values(random, 16, 0.1f));
        builder.Output(builder.Node("Gemm", new TensorShape(-1, 16), [hidden, second, bias], null, AttributeProto.Of("transB", 1L)), "scores");
        return builder.Build();
    }

    /// <summary>Two convolutions with ReLU, and a product.</summary>
    public static ModelProto Picture(int seed = 2)
    {
        var random = new Random(seed);
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float32, new TensorShape(1, 3, 16, 16));
        var value = x;
        foreach (var (name, channels, filters) in new[] { ("conv1", 3, 24), ("conv2", 24, 32) })
        {
            var weight = builder.Initializer<float>($"{name}.weight", new TensorShape(filters, channels, 3, 3), Values(random, filters * channels * 9, 1.5f / MathF.Sqrt(channels * 9)));
            var bias = builder.Initializer<float>($"{name}.bias", new TensorShape(filters), Values(random, filters, 0.1f));
            var convolved = builder.Node("Conv", new TensorShape(1, filters, 16, 16), [value, weight, bias], null, AttributeProto.Of("pads", [1L, 1, 1, 1]));
            value = builder.Node("Relu", convolved.Shape, [convolved]);
        }

        var pooled = builder.Node("GlobalAveragePool", new TensorShape(1, 32, 1, 1), [value]);
        var flat = builder.Node("Flatten", new TensorShape(1, 32), [pooled]);
        var head = builder.Initializer<float>("head", new TensorShape(32, 20), Values(random, 32 * 20, 0.5f));
        builder.Output(builder.Node("MatMul", new TensorShape(1, 20), [flat, head]), "scores");
        return builder.Build();
    }

    public static IReadOnlyList<ModelExample> Texts(int count, int seed = 3)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new ModelExample
        {
            Name = $"text {i}",
            Inputs = new Dictionary<string, TensorProto>
            {
                ["ids"] = TensorProto.Of<long>("ids", new TensorShape(1, 6), [.. Enumerable.Range(0, 6).Select(_ => (long)random.Next(200))]),
            },
        })];
    }

    public static IReadOnlyList<ModelExample> Pictures(int count, int seed = 4)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => new ModelExample
        {
            Name = $"picture {i}",
            Inputs = new Dictionary<string, TensorProto> { ["x"] = TensorProto.Of<float>("x", new TensorShape(1, 3, 16, 16), Values(random, 3 * 256, 1)) },
        })];
    }

    private static float[] Values(Random random, int count, float spread)
        => [.. Enumerable.Range(0, count).Select(_ => ((random.NextSingle() + random.NextSingle() + random.NextSingle()) - 1.5f) * spread)];
}
