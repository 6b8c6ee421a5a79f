using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests.Running;

/// <summary>Graphs of one signature: <c>x [?, 4]</c> to four scores.</summary>
internal static class VersionGraphs
{
    private const int Width = 4;
    private const int Hidden = 384;

    /// <summary>The third class is the highest.</summary>
    public static byte[] Good(float score = 5) => OnnxGraph.Add(0, 0, score, 0).ToModel();

    /// <summary>The first class is the highest.</summary>
    public static byte[] Wrong() => OnnxGraph.Add(9, 0, 0, 0).ToModel();

    /// <summary>Loads well and fails at each run: four values are no seven.</summary>
    public static byte[] Throwing() => Start()
        .Initializer("seven", [2], 7L, 1L)
        .Initializer("b", [Width], 0f, 0, 5, 0)
        .Node("Reshape", "x seven", "r")
        .Node("ReduceMean", "r", "m")
        .Node("Add", "x m", "s")
        .Node("Add", "s b", "y")
        .ToModel();

    /// <summary>Says the same as the good one, after a lot of work.</summary>
    public static byte[] Slow()
    {
        var graph = Start()
            .Initializer("in", [Width, Hidden], new float[Width * Hidden])
            .Initializer("w", [Hidden, Hidden], new float[Hidden * Hidden])
            .Initializer("out", [Hidden, Width], new float[Hidden * Width])
            .Initializer("b", [Width], 0f, 0, 5, 0)
            .Node("MatMul", "x in", "h0");
        const int Layers = 240;
        for (var i = 0; i < Layers; i++) graph.Node("MatMul", $"h{i} w", $"h{i + 1}");
        return graph.Node("MatMul", $"h{Layers} out", "o").Node("Add", "o b", "y").ToModel();
    }

    /// <summary>Another signature.</summary>
    public static byte[] Misfit() => OnnxGraph.MatMul(Width, 1).Output("z", ElementType.Float32, -1, Width).Node("Identity", "y", "z").ToModel();

    private static OnnxGraph Start() => new OnnxGraph().Input("x", ElementType.Float32, -1, Width).Output("y", ElementType.Float32, -1, Width);
}
