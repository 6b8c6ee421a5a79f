using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;
using EdgeHost.Training.Operators;

namespace EdgeHost.Training.Losses;

/// <summary>Scalars that training makes small. All are means over the elements or examples, so that they do not depend on the batch's size.</summary>
public static class LossFunctions
{
    private const float SmallestProbability = 1e-7f;

    /// <summary>The mean of (value - target)².</summary>
    public static GraphValue MeanSquaredError(this NetworkBuilder net, GraphValue value, GraphValue target)
    {
        net.SameShape(value, target);
        var (error, loss) = net.Tape.Pause(() =>
        {
            var error = net.Subtract(value, target);
            return (error, net.Mean(net.Multiply(error, error)));
        });
        net.Tape.Record([loss], [value], (gradients, g) => gradients.Add(value, () => net.Scale(net.Multiply(g[0]!, error), 2f / net.Count(value))));
        return loss;
    }

    /// <summary>The mean of -t·log(p) - (1 - t)·log(1 - p) of probabilities p. Prefer logits: this one loses its gradient where p is 0 or 1.</summary>
    public static GraphValue BinaryCrossEntropy(this NetworkBuilder net, GraphValue probability, GraphValue target)
    {
        net.SameShape(probability, target);
        var loss = net.Tape.Pause(() =>
        {
            // A sigmoid of large values may round to a little beyond 0 and 1.
            var smallest = net.Constant(SmallestProbability);
            var hit = net.Multiply(target, net.Log(net.Add(net.Relu(probability), smallest)));
            var rest = net.Add(net.Relu(net.Subtract(net.Constant(1), probability)), smallest);
            var miss = net.Multiply(net.Subtract(net.Constant(1), target), net.Log(rest));
            return net.Negate(net.Mean(net.Add(hit, miss)));
        });
        net.Tape.Record([loss], [probability], (gradients, g) => gradients.Add(probability, () =>
        {
            var spread = net.Add(net.Relu(net.Multiply(probability, net.Subtract(net.Constant(1), probability))), net.Constant(SmallestProbability));
            var slope = net.Divide(net.Subtract(probability, target), spread);
            return net.Multiply(g[0]!, net.Scale(slope, 1f / net.Count(probability)));
        }));
        return loss;
    }

    /// <summary>The same of logits z, p being sigmoid(z): the mean of softplus(z) - t·z, exact for any z.</summary>
    public static GraphValue BinaryCrossEntropyOfLogits(this NetworkBuilder net, GraphValue logit, GraphValue target)
    {
        net.SameShape(logit, target);
        var loss = net.Tape.Pause(() => net.Mean(net.Subtract(net.Softplus(logit), net.Multiply(logit, target))));
        net.Tape.Record([loss], [logit], (gradients, g) => gradients.Add(logit, () =>
            net.Multiply(g[0]!, net.Scale(net.Subtract(net.Sigmoid(logit), target), 1f / net.Count(logit)))));
        return loss;
    }

    /// <summary>
    /// The mean over the examples of how likely a wanted item ranks below an unwanted one: softplus(unwanted - wanted), as in Bayesian
    /// personalised ranking (Rendle et al., 2009).
    /// </summary>
    public static GraphValue BayesianPersonalisedRanking(this NetworkBuilder net, GraphValue wanted, GraphValue unwanted)
    {
        net.SameShape(wanted, unwanted);
        return net.Mean(net.Softplus(net.Subtract(unwanted, wanted)));
    }

    internal static float Count(this NetworkBuilder net, GraphValue value)
        => value.Shape.IsDynamic ? throw net.Wrong($"has no mean over an open batch in {value.Shape}") : value.Shape.ElementCount;

    private static void SameShape(this NetworkBuilder net, GraphValue left, GraphValue right)
    {
        if (left.Shape != right.Shape) throw net.Wrong($"compares {left.Shape} with {right.Shape}; both must have one shape");
    }
}
