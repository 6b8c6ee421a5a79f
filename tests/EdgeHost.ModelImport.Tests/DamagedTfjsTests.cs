using System.Text;
using System.Text.Json.Nodes;
using static EdgeHost.ModelImport.Tests.SampleTfjs;

namespace EdgeHost.ModelImport.Tests;

/// <summary>Files of strangers end with a problem that names what is wrong, and claim no memory that they do not hold.</summary>
public sealed class DamagedTfjsTests
{
    [Fact]
    public void Convert_UnknownOperators_AreAllNamedWithTheirCounts()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 2).Node("Whirl", "a", ["x"]).Node("Twist", "b", ["a"]).Node("Whirl", "c", ["b"]);

        var error = Fails(ErrorCode.Unimplemented, sample);

        Assert.Contains("Twist (1), Whirl (2)", error.Message, StringComparison.Ordinal);
        Assert.Equal("Twist,Whirl", error.Details["operators"]);
    }

    [Fact]
    public void Convert_Cycle_IsRefused()
        => Assert.Contains(
            "depends on itself",
            Fails(ErrorCode.InvalidArgument, new SampleTfjs().Input("x", "DT_FLOAT", 2).Node("Add", "a", ["x", "b"]).Node("Relu", "b", ["a"]).Node("Relu", "y", ["b"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Convert_ChainOfManyThousands_DoesNotFillTheStack()
    {
        var sample = new SampleTfjs().Input("x", "DT_FLOAT", 2);
        for (var i = 0; i < 50_000; i++) sample.Node("Identity", $"n{i}", [i == 0 ? "x" : $"n{i - 1}"]);

        Assert.Empty(sample.Node("Relu", "y", ["n49999"]).Convert().Graph!.Nodes.Where(node => node.Operator == "Identity"));
    }

    [Fact]
    public void Convert_MissingFileOfWeights_IsNamed()
    {
        var sample = Usual();

        var error = Assert.Throws<EdgeHostException>(() => sample.Convert(change: root => root["weightsManifest"]![0]!["paths"] = new JsonArray("other.bin")));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("other.bin", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_WeightsTooShort_NamesTheFirstThatIsNotWhole()
    {
        var (topology, weights) = Usual().ToFiles();

        var error = Assert.Throws<EdgeHostException>(() => SampleTfjs.Convert(topology, weights[..^1]));

        Assert.Contains("'k', which needs 16 bytes where 15 are left", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[1000000, 1000000, 1000]", ErrorCode.ResourceExhausted)]
    [InlineData("[1000000000, 1000000000, 1000000000, 1000000000]", ErrorCode.InvalidArgument)]
    [InlineData("[-3]", ErrorCode.InvalidArgument)]
    [InlineData("[1,1,1,1,1,1,1,1,1]", ErrorCode.InvalidArgument)]
    [InlineData("[\"x\"]", ErrorCode.InvalidArgument)]
    [InlineData("{}", ErrorCode.InvalidArgument)]
    public void Convert_WeightOfAHugeOrNoShape_IsRefusedBeforeAnythingIsAllocated(string shape, ErrorCode code)
    {
        var sample = Usual();

        var error = Assert.Throws<EdgeHostException>(() => sample.Convert(change: root => root["weightsManifest"]![0]!["weights"]![0]!["shape"] = JsonNode.Parse(shape)));

        Assert.Equal(code, error.Code);
    }

    [Fact]
    public void Convert_FilledTensorOfAHugeShape_IsRefused()
        => Assert.Contains(
            "ModelImport:MaxConstantBytes",
            Fails(ErrorCode.ResourceExhausted, new SampleTfjs().Whole("shape", [100_000, 100_000], 2).Whole("v", [1]).Node("Fill", "y", ["shape", "v"])).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Convert_MoreOperatorsThanAllowed_IsRefused()
    {
        var error = Assert.Throws<EdgeHostException>(() => Usual().Convert(new ModelImportOptions { MaxOperators = 2 }));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains("ModelImport:MaxOperators", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_KerasLayers_SaysWhatToDo()
        => Assert.Contains(
            "tfjs_graph_model",
            Assert.Throws<EdgeHostException>(() => Usual().Convert(change: root => root["modelTopology"] = JsonNode.Parse("""{ "model_config": {} }"""))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "modelTopology": 3 }""")]
    [InlineData("""{ "modelTopology": { "node": {} } }""")]
    [InlineData("""{ "modelTopology": { "node": [ 1 ] } }""")]
    [InlineData("""{ "modelTopology": { "node": [ { "name": 3 } ] } }""")]
    [InlineData("""{ "modelTopology": { "node": [] } }""")]
    [InlineData("""{ "modelTopology": { "node": [ { "name": "a", "op": "Relu", "attr": { "b": { "s": "%" } } } ] } }""")]
    [InlineData("""{ "modelTopology": { "node": [] }, "weightsManifest": [ { "paths": [ null ] } ] }""")]
    public void Convert_NoGraphModel_IsRefused(string topology)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => SampleTfjs.Convert(Encoding.UTF8.GetBytes(topology), [])).Code);

    [Fact]
    public void Convert_DeepJson_IsRefused()
        => Assert.Equal(
            ErrorCode.InvalidArgument,
            Assert.Throws<EdgeHostException>(() => SampleTfjs.Convert(Encoding.UTF8.GetBytes(new string('[', 100_000)), [])).Code);

    [Fact]
    public void Convert_DamagedAnywhere_EndsWithATypedProblemOrAGraph()
    {
        var (topology, weights) = Usual().ToFiles();
#pragma warning disable CA5394 // Test content, not a secret.
        var random = new Random(8);
        for (var round = 0; round < 3_000; round++)
        {
            var damaged = topology.ToArray();
            for (var i = random.Next(1, 6); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(32, 127);
#pragma warning restore CA5394
            try
            {
                SampleTfjs.Convert(damaged, weights);
            }
            catch (EdgeHostException e)
            {
                Assert.Contains(e.Code, new[] { ErrorCode.InvalidArgument, ErrorCode.Unimplemented, ErrorCode.ResourceExhausted, ErrorCode.AlreadyExists });
            }
        }
    }

    private static SampleTfjs Usual() => new SampleTfjs().Input("x", "DT_FLOAT", 1, 4, 4, 2).Weight("k", [1, 0, 0, 1], 1, 1, 2, 2)
        .Node("Conv2D", "c", ["x", "k"], ("strides", List(1, 1, 1, 1)), ("padding", Text("SAME")), ("dilations", List(1, 1, 1, 1)))
        .Node("MaxPool", "p", ["c"], ("ksize", List(1, 2, 2, 1)), ("strides", List(1, 2, 2, 1)), ("padding", Text("VALID"))).Node("Relu6", "y", ["p"]);

    private static EdgeHostException Fails(ErrorCode code, SampleTfjs sample)
    {
        var error = Assert.Throws<EdgeHostException>(() => sample.Convert());
        Assert.Equal(code, error.Code);
        return error;
    }
}
