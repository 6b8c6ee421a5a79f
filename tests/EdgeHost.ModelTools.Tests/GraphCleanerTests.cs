using EdgeHost.ModelTools.Graphs;
using EdgeHost.ModelTools.Optimising;

namespace EdgeHost.ModelTools.Tests;

public sealed class GraphCleanerTests
{
    [Fact]
    public void Clean_HoistsMergesAndRemoves_WhatNothingDependsOn()
    {
        var model = Untidy();

        var report = GraphCleaner.Clean(model);

        Assert.Equal(new CleaningReport(HoistedConstants: 1, RemovedNodes: 3, MergedInitializers: 1, RemovedInitializers: 1), report);
        Assert.Equal(["Mul", "Add"], model.Graph!.Nodes.Select(node => node.Operator));
        Assert.Equal(["two", "hoisted"], model.Graph.Initializers.Select(tensor => tensor.Name));
        Assert.Equal(["x", "two"], model.Graph.Nodes[0].Inputs);
        Assert.Equal("hoisted", model.Graph.Nodes[1].Inputs[1]);
    }

    [Fact]
    public void Clean_Twice_DoesNothingMore()
    {
        var model = Untidy();
        GraphCleaner.Clean(model);
        var once = model.ToBytes();

        Assert.Equal(default, GraphCleaner.Clean(model));
        Assert.True(model.ToBytes().Span.SequenceEqual(once.Span));
    }

    [Fact]
    public void Clean_ValuesThatAGraphInsideANodeReads_Stay()
    {
        var model = Untidy();
        var branch = new GraphProto { Name = "branch" };
        branch.Nodes.Add(new NodeProto { Operator = "Identity", Inputs = { "unread" }, Outputs = { "inner" } });
        branch.Outputs.Add(new ValueInfoProto { Name = "inner" });
        model.Graph!.Nodes[^1].Attributes.Add(new AttributeProto { Name = "then_branch", Kind = AttributeKind.Graph, GraphValue = branch });

        GraphCleaner.Clean(model);

        Assert.Contains(model.Graph.Initializers, tensor => tensor.Name == "unread");
    }

    [Fact]
    public void Clean_IdentityThatIsAnOutput_Stays()
    {
        var builder = new GraphBuilder();
        var x = builder.Input("x", ElementType.Float32, new TensorShape(2));
        builder.Output(x, "y");
        var model = builder.Build();

        Assert.Equal(default, GraphCleaner.Clean(model));
        Assert.Equal("Identity", Assert.Single(model.Graph!.Nodes).Operator);
    }

    // x * two + hoisted, through an identity and a dropout, beside a branch that leads nowhere.
    private static ModelProto Untidy()
    {
        var model = new ModelProto { IrVersion = 8, Graph = new GraphProto { Name = "g" }, OperatorSets = { new OperatorSetProto { Version = 18 } } };
        var graph = model.Graph;
        graph.Inputs.Add(ValueInfoProto.Of("x", ElementType.Float32, new TensorShape(2)));
        graph.Initializers.Add(TensorProto.Of<float>("two", new TensorShape(), [2]));
        graph.Initializers.Add(TensorProto.Of<float>("two_again", new TensorShape(), [2]));
        graph.Initializers.Add(TensorProto.Of<float>("unread", new TensorShape(), [7]));
        graph.Nodes.Add(new NodeProto
        {
            Operator = "Constant",
            Outputs = { "hoisted" },
            Attributes = { new AttributeProto { Name = "value", Kind = AttributeKind.Tensor, TensorValue = TensorProto.Of<float>(string.Empty, new TensorShape(2), [1, 2]) } },
        });
        graph.Nodes.Add(new NodeProto { Operator = "Identity", Inputs = { "x" }, Outputs = { "same" } });
        graph.Nodes.Add(new NodeProto { Operator = "Mul", Inputs = { "same", "two_again" }, Outputs = { "product" } });
        graph.Nodes.Add(new NodeProto { Operator = "Dropout", Inputs = { "product" }, Outputs = { "dropped", string.Empty } });
        graph.Nodes.Add(new NodeProto { Operator = "Mul", Inputs = { "dropped", "two" }, Outputs = { "nowhere" } });
        graph.Nodes.Add(new NodeProto { Operator = "Add", Inputs = { "dropped", "hoisted" }, Outputs = { "y" } });
        graph.Outputs.Add(ValueInfoProto.Of("y", ElementType.Float32, new TensorShape(2)));
        return model;
    }
}
