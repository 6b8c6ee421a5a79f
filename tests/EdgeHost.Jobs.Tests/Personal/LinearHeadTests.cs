using EdgeHost.Jobs.Personal;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Jobs.Tests.Personal;

/// <summary>Whose layers can be taken over.</summary>
public class LinearHeadTests
{
    private static readonly float[] Weight = [1, 2, 3, 4, 5, 6];
    private static readonly float[] Bias = [7, 8, 9];

    [Fact]
    public void TryRead_OfAGemm_HasWeightAndBias()
    {
        var head = LinearHead.TryRead(Gemm(Weight, new TensorShape(2, 3)).Graph!, 2, 3)!;

        Assert.Equal(Weight, head.Weight);
        Assert.Equal(Bias, head.Bias);
    }

    [Fact]
    public void TryRead_OfATurnedGemm_TurnsItBack()
    {
        var model = Gemm([1, 4, 2, 5, 3, 6], new TensorShape(3, 2));
        model.Graph!.Nodes[0].Attributes.Add(AttributeProto.Of("transB", 1));

        Assert.Equal(Weight, LinearHead.TryRead(model.Graph, 2, 3)!.Weight);
    }

    [Fact]
    public void TryRead_OfAProductAndASum_HasBoth()
    {
        var graph = new GraphBuilder();
        var x = graph.Input("x", ElementType.Float32, new TensorShape(-1, 2));
        var product = graph.Node("MatMul", new TensorShape(-1, 3), [x, graph.Initializer<float>("w", new TensorShape(2, 3), Weight)]);
        graph.Output(graph.Node("Add", new TensorShape(-1, 3), [graph.Initializer<float>("b", new TensorShape(3), Bias), product]), "y");

        var head = LinearHead.TryRead(graph.Build().Graph!, 2, 3)!;

        Assert.Equal(Weight, head.Weight);
        Assert.Equal(Bias, head.Bias);
    }

    [Fact]
    public void TryRead_OfAnythingElse_IsNull()
    {
        var (scaled, turned, deeper) = (Gemm(Weight, new TensorShape(2, 3)), Gemm(Weight, new TensorShape(2, 3)), Gemm(Weight, new TensorShape(2, 3)));
        scaled.Graph!.Nodes[0].Attributes.Add(AttributeProto.Of("alpha", 0.5f));
        turned.Graph!.Nodes[0].Attributes.Add(AttributeProto.Of("transA", 1));
        deeper.Graph!.Nodes.Add(new NodeProto { Operator = "Relu" });

        Assert.All(new[] { scaled, turned, deeper }, static model => Assert.Null(LinearHead.TryRead(model.Graph!, 2, 3)));
        Assert.Null(LinearHead.TryRead(Gemm(Weight, new TensorShape(3, 2)).Graph!, 2, 3));
        Assert.Null(LinearHead.TryRead(new GraphProto(), 2, 3));
    }

    private static ModelProto Gemm(float[] weight, TensorShape shape)
    {
        var graph = new GraphBuilder();
        var x = graph.Input("x", ElementType.Float32, new TensorShape(-1, 2));
        graph.Output(graph.Node("Gemm", new TensorShape(-1, 3), [x, graph.Initializer<float>("w", shape, weight), graph.Initializer<float>("b", new TensorShape(3), Bias)]), "y");
        return graph.Build();
    }
}
