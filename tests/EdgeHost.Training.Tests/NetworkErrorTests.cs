using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Layers;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Training.Tests;

/// <summary>What does not fit is refused with the layer's name and both shapes.</summary>
public class NetworkErrorTests
{
    public static TheoryData<string, string[]> Cases => new()
    {
        { "matmul", ["'block/bad'", "[2,4]", "[3,5]"] },
        { "add", ["'block/bad'", "[2,4]", "[3]"] },
        { "reshape", ["'block/bad'", "[2,4]", "[3,3]"] },
        { "heads", ["'block/attention'", "width of 4", "3 heads"] },
        { "mask", ["'block/attention'", "[2,7]", "[2,5]"] },
        { "memory", ["'block/attention'", "[2,5,4]", "[2,5,6]"] },
        { "window", ["'block/conv'", "[9,9]", "[2,1,4,4]"] },
        { "picture", ["'block/conv'", "[2,4]"] },
        { "labels", ["'block'", "[2,3]", "[2,5]"] },
        { "target", ["'block'", "[2,3]", "[2,4]"] },
        { "shared", ["'block/same'", "[4,3]", "[3,3]"] },
        { "split", ["'block/bad'", "[2,4]", "[1,2]"] },
        { "dropout", ["'block/drop'", "1.5"] },
        { "gru", ["'block/gru'", "[2,4]"] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Create_WithShapesThatDoNotFit_NamesTheLayerAndBoth(string name, string[] words)
    {
        var network = new Network(net => Build(net, name), (net, output) => net.Mean(output));

        var error = Assert.Throws<EdgeHostException>(() => new TrainingStep(network, new Adam(), new StepOptions { BatchSize = 2 }));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.All(words, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Create_WithAParameterThatIsNotUsed_NamesIt()
    {
        var network = new Network(
            net =>
            {
                net.Linear("spare", net.Input("x", ElementType.Float32, 4), 2);
                return net.Linear("out", net.Input("x", ElementType.Float32, 4), 2);
            },
            (net, output) => net.Mean(output));

        Assert.Contains("'spare/", Assert.Throws<EdgeHostException>(() => new TrainingStep(network, new Adam(), new StepOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_WithALossThatIsNoScalar_SaysSo()
    {
        var network = new Network(net => net.Linear("out", net.Input("x", ElementType.Float32, 4), 2), (_, output) => output);

        Assert.Contains("[32,2]", Assert.Throws<EdgeHostException>(() => new TrainingStep(network, new Adam(), new StepOptions())).Message, StringComparison.Ordinal);
    }

    private static GraphValue Build(NetworkBuilder net, string name)
    {
        using var block = net.Layer("block");
        var x = net.Input("x", ElementType.Float32, 4);
        var sequence = net.Input("sequence", ElementType.Float32, 5, 4);
        switch (name)
        {
            case "heads": return net.Attention("attention", sequence, sequence, 3);
            case "mask": return net.Attention("attention", sequence, sequence, 2, net.Input("mask", ElementType.Float32, 7));
            case "memory": return net.Attention("attention", sequence, net.Input("memory", ElementType.Float32, 5, 6), 2);
            case "window": return net.Convolution("conv", net.Input("picture", ElementType.Float32, 1, 4, 4), 2, 9);
            case "picture": return net.Convolution("conv", x, 2, 3);
            case "labels": return net.CrossEntropy(net.Linear("out", x, 3), net.Input("labels", ElementType.Int64, 5));
            case "target": return net.MeanSquaredError(net.Linear("out", x, 3), x);
            case "shared": return net.Linear("same", net.Linear("same", x, 3), 3);
            case "dropout": return net.Dropout("drop", x, 1.5f);
            case "gru": return net.Gru("gru", x, 3);
        }

        using var bad = net.Layer("bad");
        return name switch
        {
            "matmul" => net.MatMul(x, net.Parameter("w", new TensorShape(3, 5), Initialisation.Ones)),
            "add" => net.Add(x, net.Parameter("w", new TensorShape(3), Initialisation.Ones)),
            "reshape" => net.Reshape(x, new TensorShape(3, 3)),
            _ => net.Split(x, 1, 1, 2)[0],
        };
    }
}
