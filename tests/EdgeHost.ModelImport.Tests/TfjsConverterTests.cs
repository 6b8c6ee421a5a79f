using System.Text.Json.Nodes;
using EdgeHost.ModelStore.Manifests;
using static EdgeHost.ModelImport.Tests.SampleTfjs;

namespace EdgeHost.ModelImport.Tests;

/// <summary>Small graphs whose results are computed by hand.</summary>
public sealed class TfjsConverterTests
{
    [Fact]
    public void Convert_WeightsOfAllKinds_AreWidened()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 2)
            .Half("h", [0.5f, -2], 2).Bytes("b", [0, 255], 0.5, -1, 2).Words("w", [0, 65535], 2, 1, 2)
            .Node("AddV2", "s", ["x", "h"]).Node("AddV2", "t", ["s", "b"]).Node("AddV2", "y", ["t", "w"]);

        var y = Run(sample, ("x", new float[] { 1, 2 }, [2]))["y"];

        Assert.Equal([1 + 0.5f - 1 + 1, 2 - 2 + 126.5f + 131071], y.Values);
    }

    [Theory]
    [InlineData("SAME", new[] { 12f, 21, 16, 27, 45, 33, 24, 39, 28 })]
    [InlineData("VALID", new[] { 45f })]
    public void Convert_ConvolutionOfOnes_SumsItsWindow(string padding, float[] expected)
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 3, 3, 1).Weight("k", [.. Enumerable.Repeat(1f, 9)], 3, 3, 1, 1)
            .Node("Conv2D", "y", ["x", "k"], ("strides", List(1, 1, 1, 1)), ("padding", Text(padding)));

        Assert.Equal(expected, Run(sample, ("x", Enumerable.Range(1, 9).Select(i => (float)i).ToArray(), [1, 3, 3, 1]))["y"].Values);
    }

    [Fact]
    public void Convert_FusedDepthwiseConvolution_HasBiasAndLimitOfItsOwn()
    {
        // Two channels, two results of each.
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 1, 1, 2).Weight("k", [1, 2, 3, 4], 1, 1, 2, 2).Weight("b", [0, -100, 0, 1], 4)
            .Node(
                "FusedDepthwiseConv2dNative", "y", ["x", "k", "b"], ("strides", List(1, 1, 1, 1)), ("padding", Text("SAME")), ("fused_ops", Texts("BiasAdd", "Relu6")));

        Assert.Equal([1, 0, 3, 5], Run(sample, ("x", new float[] { 1, 1 }, [1, 1, 1, 2]))["y"].Values);
    }

    [Fact]
    public void Convert_Means_AreOutputsBesideTheOthers()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 2, 2, 2).Node("Relu", "inner", ["x"]).Node("Neg", "unread", ["inner"]).Node("Abs", "y", ["inner"]);

        var made = sample.Convert(change: null, options: null, means: [new ImportedMean("mean", "inner"), new ImportedMean("other", "unread")]);
        var outputs = OnnxRun.Run(made.ToBytes(), ("x", new float[] { 1, -5, 2, 0, 3, 4, 6, 8 }, [1, 2, 2, 2]));

        Assert.Equal([1, 2], outputs["mean"].Shape);
        Assert.Equal([3, 3], outputs["mean"].Values);
        Assert.Equal([-3, -3], outputs["other"].Values);
        Assert.Equal(8, outputs["y"].Values.Length);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("flat")]
    public void Convert_MeanOfWhatHasNoRows_IsRefused(string of)
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 2).Node("Relu", "flat", ["x"]).Node("Abs", "y", ["flat"]);

        var error = Assert.Throws<EdgeHostException>(() => sample.Convert(null, null, new ImportedMean("mean", of)));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(of, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_GroupedConvolution_IsFoundByItsChannels()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 1, 1, 4).Weight("k", [1, 10, 2, 20], 1, 1, 2, 2)
            .Node("Conv2D", "y", ["x", "k"], ("strides", List(1, 1, 1, 1)), ("padding", Text("VALID")));

        Assert.Equal([1 + 4, 30 + 80], Run(sample, ("x", new float[] { 1, 2, 3, 4 }, [1, 1, 1, 4]))["y"].Values);
    }

    [Fact]
    public void Convert_ChainOfConvolutions_TransposesAtItsEndsAlone()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 4, 4, 2).Weight("k", [1, 0, 0, 1], 1, 1, 2, 2).Weight("b", [1, 2], 2);
        var last = "x";
        for (var i = 0; i < 4; i++)
        {
            sample.Node("Conv2D", $"c{i}", [last, "k"], ("strides", List(1, 1, 1, 1)), ("padding", Text("SAME")))
                .Node("BiasAdd", $"b{i}", [$"c{i}", "b"]).Node("Relu", $"r{i}", [$"b{i}"]);
            last = $"r{i}";
        }

        var model = sample.Node("Identity", "y", [last]).Convert();

        Assert.Equal(2, model.Graph!.Nodes.Count(node => node.Operator == "Transpose"));
        var x = Enumerable.Range(0, 32).Select(i => (float)i).ToArray();
        Assert.Equal(x.Select((value, i) => value + (i % 2 == 0 ? 4 : 8)), OnnxRun.Run(model.ToBytes(), ("x", x, [1, 4, 4, 2]))["y"].Values);
    }

    [Fact]
    public void Convert_TransposedConvolution_HasTheSizeThatIsAsked()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 2, 2, 1).Weight("k", [1, 2, 3, 4], 2, 2, 1, 1).Whole("size", [1, 4, 4, 1], 4)
            .Node("Conv2DBackpropInput", "y", ["size", "k", "x"], ("strides", List(1, 2, 2, 1)), ("padding", Text("SAME")));

        var y = Run(sample, ("x", new float[] { 1, 0, 0, 2 }, [1, 2, 2, 1]))["y"];

        Assert.Equal([1, 4, 4, 1], y.Shape);
        Assert.Equal([1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 2, 4, 0, 0, 6, 8], y.Values);
    }

    [Theory]
    [InlineData(7, 2, 3, 1)]
    [InlineData(-7, 2, -4, 1)]
    [InlineData(7, -2, -4, -1)]
    public void Convert_FloorOfWholeNumbers_RoundsDown(int left, int right, float quotient, float rest)
    {
        var sample = new SampleTfjs().Input("x", "DT_INT32", 1).Whole("d", [right], 1).Node("FloorDiv", "q", ["x", "d"]).Node("FloorMod", "r", ["x", "d"]);

        var results = Run(sample, ("x", new[] { left }, [1]));

        Assert.Equal(quotient, results["q"].Values[0]);
        Assert.Equal(rest, results["r"].Values[0]);
    }

    [Fact]
    public void Convert_ShapeOfKnownInput_IsFoldedIntoTheReshape()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 2, 3, 4).Whole("i0", [0], 1).Whole("i1", [1], 1).Whole("one", [1], 1).Whole("rest", [-1])
            .Node("Shape", "s", ["x"]).Node("StridedSlice", "n", ["s", "i0", "i1", "one"], ("shrink_axis_mask", Integer(1)))
            .Node("Pack", "to", ["n", "rest"]).Node("Reshape", "y", ["x", "to"]);

        var model = sample.Convert();

        Assert.Equal(["Reshape"], model.Graph!.Nodes.Select(node => node.Operator));
        Assert.Equal([2, 12], OnnxRun.Run(model.ToBytes(), ("x", new float[24], [2, 3, 4]))["y"].Shape);
    }

    [Fact]
    public void Convert_OpenBatch_StaysOpen()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", -1, 2).Weight("w", [1, 0, 0, 2], 2, 2).Weight("b", [1, 1], 2)
            .Node("_FusedMatMul", "y", ["x", "w", "b"], ("fused_ops", Texts("BiasAdd", "Relu")));

        Assert.Equal([2, 5, 4, 9], Run(sample, ("x", new float[] { 1, 2, 3, 4 }, [2, 2]))["y"].Values);
    }

    [Fact]
    public void Convert_PartsAndJoins_ComeBackTogether()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 2, 3).Whole("axis", [1]).Whole("zero", [0]).Whole("order", [1, 0], 2)
            .Node("Unpack", "u", ["x"], ("num", Integer(2)), ("axis", Integer(0)))
            .Node("Pack", "p", ["u:1", "u"], ("axis", Integer(0)))
            .Node("Split", "s", ["axis", "p"], ("num_split", Integer(3)))
            .Node("ConcatV2", "c", ["s:2", "s:1", "s", "axis"])
            .Node("Transpose", "y", ["c", "order"]);

        Assert.Equal([6, 3, 5, 2, 4, 1], Run(sample, ("x", new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]))["y"].Values);
    }

    [Fact]
    public void Convert_BestOfMany_AreGatheredByTheirPlaces()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 4).Whole("k", [2]).Whole("axis", [0]).Weight("table", [10, 20, 30, 40], 4)
            .Node("TopKV2", "t", ["x", "k"]).Node("GatherV2", "y", ["table", "t:1", "axis"]).Node("Identity", "v", ["t"]);

        var results = Run(sample, ("x", new float[] { 3, 9, 1, 7 }, [1, 4]));

        Assert.Equal([20, 40], results["y"].Values);
        Assert.Equal([9, 7], results["v"].Values);
    }

    [Fact]
    public void Convert_SelectAndBatchMatMul_Work()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 2, 2).Weight("w", [1, 2, 3, 4], 1, 2, 2).Weight("limit", [6f])
            .Node("BatchMatMulV2", "m", ["x", "w"], ("adj_y", Flag(true))).Node("Greater", "g", ["m", "limit"]).Node("SelectV2", "y", ["g", "m", "limit"]);

        Assert.Equal([6, 7, 6, 6], Run(sample, ("x", new float[] { 1, 1, 1, 0 }, [1, 2, 2]))["y"].Values);
    }

    [Fact]
    public void Convert_SparseConstant_IsFolded()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 6).Whole("at", [0, 1], 2, 1).Whole("shape", [2], 1).Whole("values", [2, 3], 2).Whole("none", [0])
            .Node("SparseToDense", "s", ["at", "shape", "values", "none"]).Node("Reshape", "y", ["x", "s"]);

        Assert.Equal([2, 3], Run(sample, ("x", new float[6], [6]))["y"].Shape);
    }

    [Fact]
    public void Convert_SameFiles_GiveTheSameBytes()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 1, 8, 8, 3).Weight("k", Noise.Floats(54), 3, 3, 3, 2)
            .Node("Conv2D", "c", ["x", "k"], ("strides", List(1, 2, 2, 1)), ("padding", Text("SAME"))).Node("Softmax", "y", ["c"]);

        Assert.Equal(sample.Convert().ToBytes().ToArray(), sample.Convert().ToBytes().ToArray());
    }

    [Fact]
    public void Convert_Signature_NamesWhatComesOut()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 2).Node("Relu", "r", ["x"]).Node("Sigmoid", "unused", ["r"]);

        var model = sample.Convert(change: root => root["signature"] = JsonNode.Parse("""{ "outputs": { "out": { "name": "r:0" } } }"""));

        Assert.Equal(["r"], model.Graph!.Outputs.Select(output => output.Name));
        Assert.Equal(["Relu"], model.Graph.Nodes.Select(node => node.Operator));
    }

    private static Dictionary<string, (int[] Shape, float[] Values)> Run(SampleTfjs sample, params (string Name, Array Values, int[] Shape)[] inputs)
        => OnnxRun.Run(sample.Convert().ToBytes(), inputs);
}
