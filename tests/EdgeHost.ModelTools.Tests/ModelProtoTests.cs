using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelTools.Tests;

public class ModelProtoTests
{
    [Fact]
    public void Parse_OfWhatWasWritten_GivesTheSameModel()
    {
        var bytes = SampleModels.Linear().ToBytes();

        var model = ModelProto.Parse(bytes);

        Assert.Equal(18, Assert.Single(model.OperatorSets).Version);
        Assert.Equal(["MatMul", "ReduceMean", "Mul"], model.Graph!.Nodes.Select(node => node.Operator));
        Assert.Equal("hidden/MatMul_0", model.Graph.Nodes[0].Name);
        Assert.Equal("y", model.Graph.Nodes[^1].Outputs[0]);
        Assert.Equal([1f, 2, 3, 4, 5, 6], model.Graph.Initializers[0].ToArray<float>());
        Assert.Equal([null, 2L], model.Graph.Inputs[0].Tensor!.Shape!.Dimensions.Select(dimension => dimension.Size));
        Assert.Equal("test", model.Metadata[0].Text);
        Assert.True(bytes.Span.SequenceEqual(model.ToBytes().Span));
    }

    [Fact]
    public void ToBytes_OfAModelWithUnknownFields_KeepsThem()
    {
        var bytes = SampleModels.WithUnknownFields();

        var model = ModelProto.Parse(bytes);
        model.ProducerName = "editor";
        var again = ModelProto.Parse(model.ToBytes());
        again.ProducerName = string.Empty;

        Assert.Equal(bytes.Order(), again.ToBytes().ToArray().Order());
    }

    [Fact]
    public void ToBytes_OfALongNestedMessage_WritesItsLength()
    {
        var builder = new GraphBuilder();
        var values = Enumerable.Range(0, 100_000).Select(i => (float)i).ToArray();
        builder.Output(builder.Node("Neg", new TensorShape(values.Length), [builder.Initializer<float>("w", new TensorShape(values.Length), values)]), "y");

        var model = ModelProto.Parse(builder.Build().ToBytes());

        Assert.Equal(values, model.Graph!.Initializers[0].ToArray<float>());
    }

    [Fact]
    public void Parse_WithTypedValues_ReadsThemPackedAndNot()
    {
        var packed = new SampleModels.Fields().Integer(1, 2).Integer(2, 1).Nested(4, new SampleModels.Fields().Raw(1.5f, 2.5f));
        var loose = new SampleModels.Fields().Integer(1, 2).Integer(2, 1).Fixed(4, 1.5f).Fixed(4, 2.5f);

        foreach (var tensor in new[] { packed, loose })
        {
            var graph = new SampleModels.Fields().Nested(5, tensor);
            var model = ModelProto.Parse(new SampleModels.Fields().Nested(7, graph).Nested(8, new SampleModels.Fields().Integer(2, 18)).ToArray());
            Assert.Equal([1.5f, 2.5f], ModelProto.Parse(model.ToBytes()).Graph!.Initializers[0].ToArray<float>());
        }
    }

    [Fact]
    public void Parse_OfNothing_SaysThatItIsNoModel()
    {
        var error = Assert.Throws<EdgeHostException>(() => ModelProto.Parse(ReadOnlyMemory<byte>.Empty));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("not an ONNX model", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_OverALimit_IsRefused()
    {
        var bytes = SampleModels.Linear().ToBytes();

        Assert.Contains("more than 5", Refused(new ModelLimits { MostMessages = 5 }), StringComparison.Ordinal);
        Assert.Contains("nested", Refused(new ModelLimits { MostDepth = 2 }), StringComparison.Ordinal);

        string Refused(ModelLimits limits) => Assert.Throws<EdgeHostException>(() => ModelProto.Parse(bytes, limits)).Message;
    }

    [Fact]
    public void ToArray_OfAnotherTypeOrNumber_NamesTheTensor()
    {
        var tensor = TensorProto.Of<float>("w", new TensorShape(2), [1, 2]);

        Assert.Contains("'w' of [2] holds Float32, not Int64", Assert.Throws<EdgeHostException>(() => tensor.ToArray<long>()).Message, StringComparison.Ordinal);
        tensor.Dimensions.Add(3);
        Assert.Contains("holds 2 values", Assert.Throws<EdgeHostException>(() => tensor.ToArray<float>()).Message, StringComparison.Ordinal);
        tensor.Dimensions.Add(long.MaxValue);
        Assert.Throws<EdgeHostException>(() => tensor.ToArray<float>());
        Assert.Throws<EdgeHostException>(() => TensorProto.Of<float>("w", new TensorShape(3), [1, 2]));
    }
}
