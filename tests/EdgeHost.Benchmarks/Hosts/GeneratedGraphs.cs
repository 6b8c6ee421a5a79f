using EdgeHost.TestKit;

namespace EdgeHost.Benchmarks.Hosts;

/// <summary>Graphs of chosen size.</summary>
internal static class GeneratedGraphs
{
    /// <summary>
    /// <c>y = relu(… relu(x · w1) · w2 …)</c> over float32 [?, width]: 4 × width² bytes of weights a layer, all of them read for each run, so that a
    /// run of one row is bound by memory and one of several rows costs little more.
    /// </summary>
    public static byte[] Chain(int width, int layers, int seed)
    {
        var random = new Random(seed);
        var graph = new OnnxGraph().Input("x", ElementType.Float32, -1, width).Output("y", ElementType.Float32, -1, width);
        var last = "x";
        for (var layer = 0; layer < layers; layer++)
        {
            var weights = new float[width * width];
            var scale = 2f / MathF.Sqrt(width);
            for (var i = 0; i < weights.Length; i++) weights[i] = (random.NextSingle() - 0.5f) * scale;
            var output = layer == layers - 1 ? "y" : $"h{layer}";
            graph.Initializer($"w{layer}", [width, width], weights)
                .Node("MatMul", $"{last} w{layer}", $"p{layer}")
                .Node("Relu", $"p{layer}", output);
            last = output;
        }

        return graph.ToModel();
    }
}
