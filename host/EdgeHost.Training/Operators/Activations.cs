using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Activations. All but the two softmaxes work on each element.</summary>
public static class Activations
{
    private const float InverseRootOfTwo = 0.70710678f;
    private const float InverseRootOfTwoPi = 0.39894228f;

    /// <summary>1 ÷ (1 + e^-x).</summary>
    public static GraphValue Sigmoid(this NetworkBuilder net, GraphValue value)
        => net.Each("Sigmoid", value, (y, g) => net.Multiply(g, net.Multiply(y, net.Subtract(net.Constant(1), y))));

    /// <summary>The hyperbolic tangent.</summary>
    public static GraphValue Tanh(this NetworkBuilder net, GraphValue value)
        => net.Each("Tanh", value, (y, g) => net.Multiply(g, net.Subtract(net.Constant(1), net.Multiply(y, y))));

    /// <summary>The larger of x and 0. Its gradient at 0 is 0.</summary>
    public static GraphValue Relu(this NetworkBuilder net, GraphValue value)
        => net.Each("Relu", value, (y, g) =>
        {
            var isPositive = net.Graph.Node("Greater", y.Shape, [y, net.Constant(0)], ElementType.Bool);
            return net.Graph.Node("Where", y.Shape, [isPositive, g, net.Constant(0)], ElementType.Float32);
        });

    /// <summary>log(1 + e^x), without overflow.</summary>
    public static GraphValue Softplus(this NetworkBuilder net, GraphValue value)
        => net.Each("Softplus", value, (_, g) => net.Multiply(g, net.Sigmoid(value)));

    /// <summary>x · sigmoid(x) (Elfwing et al., 2017), also called swish.</summary>
    public static GraphValue Silu(this NetworkBuilder net, GraphValue value) => net.Multiply(value, net.Sigmoid(value));

    /// <summary>x · Φ(x) with the exact normal distribution Φ (Hendrycks and Gimpel, 2016).</summary>
    public static GraphValue Gelu(this NetworkBuilder net, GraphValue value)
    {
        var (share, result) = net.Tape.Pause(() =>
        {
            var error = net.Graph.Node("Erf", value.Shape, [net.Scale(value, InverseRootOfTwo)]);
            var share = net.Add(net.Scale(error, 0.5f), net.Constant(0.5f));
            return (share, net.Multiply(value, share));
        });
        net.Tape.Record([result], [value], (gradients, g) => gradients.Add(value, () =>
        {
            var density = net.Scale(net.Exp(net.Scale(net.Multiply(value, value), -0.5f)), InverseRootOfTwoPi);
            return net.Multiply(g[0]!, net.Add(share, net.Multiply(value, density)));
        }));
        return result;
    }

    /// <summary>Shares of 1 along the last dimension.</summary>
    public static GraphValue Softmax(this NetworkBuilder net, GraphValue value)
        => net.Each("Softmax", value, (y, g) => net.Multiply(y, net.Subtract(g, net.SumOfLast(net.Multiply(g, y)))), AttributeProto.Of("axis", -1));

    /// <summary>The logarithm of <see cref="Softmax"/>, without overflow.</summary>
    public static GraphValue LogSoftmax(this NetworkBuilder net, GraphValue value)
        => net.Each("LogSoftmax", value, (y, g) => net.Subtract(g, net.Multiply(net.Exp(y), net.SumOfLast(g))), AttributeProto.Of("axis", -1));

    private static GraphValue SumOfLast(this NetworkBuilder net, GraphValue value)
        => net.Reduce("ReduceSum", value, [value.Rank - 1], keep: true);
}
