using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Specs;

/// <summary>The losses that a specification may name. Targets are inputs of the output's shape, labels of that without the classes.</summary>
internal static class LossSpec
{
    public static GraphValue Build(NetworkBuilder net, SpecFields fields, GraphValue output)
    {
        var kind = fields.Text("kind");
        var name = fields.OptionalText("target") ?? "target";
        switch (kind)
        {
            case "mean_squared_error": return net.MeanSquaredError(output, Target());
            case "binary_cross_entropy": return net.BinaryCrossEntropy(output, Target());
            case "binary_cross_entropy_of_logits": return net.BinaryCrossEntropyOfLogits(output, Target());
            case "cross_entropy":
                var labels = net.Input(name, ElementType.Int64, output.Shape.Dimensions[1..^1]);
                var weights = fields.OptionalText("weights") is { } weight ? net.Input(weight, ElementType.Float32, output.Shape.Dimensions[1..^1]) : null;
                return net.CrossEntropy(output, labels, fields.Number("smoothing", 0), weights);
            default:
                throw fields.Wrong($"has the kind '{kind}', which does not exist; there are mean_squared_error, binary_cross_entropy, binary_cross_entropy_of_logits, cross_entropy");
        }

        GraphValue Target() => net.Input(name, ElementType.Float32, output.Shape.Dimensions[1..]);
    }
}
