using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Losses;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Specs;

/// <summary>The losses that a specification may name. Targets are inputs of the output's shape, labels of that without the classes.</summary>
internal static class LossSpec
{
    /// <summary>The input of targets or labels where the specification names none.</summary>
    public const string Target = "target";

    private static readonly string[] Kinds =
        ["mean_squared_error", "binary_cross_entropy", "binary_cross_entropy_of_logits", "cross_entropy", "bayesian_personalised_ranking"];

    public static GraphValue Build(NetworkBuilder net, SpecFields fields, GraphValue output)
    {
        var kind = fields.Text("kind");
        var name = fields.OptionalText("target") ?? Target;
        switch (kind)
        {
            case "mean_squared_error": return net.MeanSquaredError(output, Targets());
            case "binary_cross_entropy": return net.BinaryCrossEntropy(output, Targets());
            case "binary_cross_entropy_of_logits": return net.BinaryCrossEntropyOfLogits(output, Targets());
            case "cross_entropy":
                var labels = net.Input(name, ElementType.Int64, output.Shape.Dimensions[1..^1]);
                var weights = fields.OptionalText("weights") is { } weight ? net.Input(weight, ElementType.Float32, output.Shape.Dimensions[1..^1]) : null;
                return net.CrossEntropy(output, labels, fields.Number("smoothing", 0), weights);
            case "bayesian_personalised_ranking":
                // The two scores of an example come from the same layers: ids of the wanted and the unwanted item are one input of two values.
                if (output.Rank != 2 || output.Shape[1] != 2) throw fields.Wrong($"wants [batch, 2], the scores of the wanted and the unwanted item, and got {output.Shape}");
                var scores = net.Split(output, 1, 1, 1);
                return net.BayesianPersonalisedRanking(scores[0], scores[1]);
            default:
                throw fields.Wrong($"has the kind '{kind}', which does not exist; there are {string.Join(", ", Kinds)}");
        }

        GraphValue Targets() => net.Input(name, ElementType.Float32, output.Shape.Dimensions[1..]);
    }
}
