using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Operators that work on each element, or on pairs of elements after broadcasting. They throw <see cref="EdgeHostException"/> where shapes do not fit.</summary>
public static class ElementwiseOperators
{
    /// <summary>The sum.</summary>
    public static GraphValue Add(this NetworkBuilder net, GraphValue left, GraphValue right)
    {
        var sum = net.Pair("Add", left, right);
        net.Tape.Record([sum], [left, right], (gradients, g) =>
        {
            gradients.Add(left, () => net.SumTo(g[0]!, left.Shape));
            gradients.Add(right, () => net.SumTo(g[0]!, right.Shape));
        });
        return sum;
    }

    /// <summary>The difference.</summary>
    public static GraphValue Subtract(this NetworkBuilder net, GraphValue left, GraphValue right)
    {
        var difference = net.Pair("Sub", left, right);
        net.Tape.Record([difference], [left, right], (gradients, g) =>
        {
            gradients.Add(left, () => net.SumTo(g[0]!, left.Shape));
            gradients.Add(right, () => net.SumTo(net.Negate(g[0]!), right.Shape));
        });
        return difference;
    }

    /// <summary>The product of each pair.</summary>
    public static GraphValue Multiply(this NetworkBuilder net, GraphValue left, GraphValue right)
    {
        // Much of a gradient is a product with the 1 that it begins with.
        if (net.Graph.IsConstant(left, 1)) return right;
        if (net.Graph.IsConstant(right, 1)) return left;
        var product = net.Pair("Mul", left, right);
        net.Tape.Record([product], [left, right], (gradients, g) =>
        {
            gradients.Add(left, () => net.SumTo(net.Multiply(g[0]!, right), left.Shape));
            gradients.Add(right, () => net.SumTo(net.Multiply(g[0]!, left), right.Shape));
        });
        return product;
    }

    /// <summary>The quotient of each pair.</summary>
    public static GraphValue Divide(this NetworkBuilder net, GraphValue left, GraphValue right)
    {
        var quotient = net.Pair("Div", left, right);
        net.Tape.Record([quotient], [left, right], (gradients, g) =>
        {
            gradients.Add(left, () => net.SumTo(net.Divide(g[0]!, right), left.Shape));
            gradients.Add(right, () => net.SumTo(net.Negate(net.Divide(net.Multiply(g[0]!, quotient), right)), right.Shape));
        });
        return quotient;
    }

    /// <summary>Each element times a number.</summary>
    public static GraphValue Scale(this NetworkBuilder net, GraphValue value, float factor) => net.Multiply(value, net.Constant(factor));

    /// <summary>Each element with the other sign.</summary>
    public static GraphValue Negate(this NetworkBuilder net, GraphValue value)
        => net.Each("Neg", value, (_, g) => net.Negate(g));

    /// <summary>e to the power of each element.</summary>
    public static GraphValue Exp(this NetworkBuilder net, GraphValue value)
        => net.Each("Exp", value, (y, g) => net.Multiply(g, y));

    /// <summary>The natural logarithm of each element.</summary>
    public static GraphValue Log(this NetworkBuilder net, GraphValue value)
        => net.Each("Log", value, (_, g) => net.Divide(g, value));

    /// <summary>The square root of each element. Its gradient at 0 is infinite.</summary>
    public static GraphValue Sqrt(this NetworkBuilder net, GraphValue value)
        => net.Each("Sqrt", value, (y, g) => net.Divide(net.Scale(g, 0.5f), y));

    /// <summary>A constant of the graph.</summary>
    public static GraphValue Constant(this NetworkBuilder net, float value) => net.Graph.Constant(value);

    /// <summary>An operator of one input and one output of the same shape.</summary>
    internal static GraphValue Each(this NetworkBuilder net, string operation, GraphValue value, Func<GraphValue, GraphValue, GraphValue> gradient, params ReadOnlySpan<AttributeProto> attributes)
    {
        var result = net.Graph.Node(operation, value.Shape, [value], null, attributes);
        net.Tape.Record([result], [value], (gradients, g) => gradients.Add(value, () => gradient(result, g[0]!)));
        return result;
    }

    /// <summary>Sums what broadcasting repeated, so that a gradient has the shape of what it belongs to.</summary>
    internal static GraphValue SumTo(this NetworkBuilder net, GraphValue value, TensorShape shape)
    {
        if (value.Shape == shape) return value;
        if (value.Shape.ElementCount < shape.ElementCount) return net.Expand(value, shape);
        var missing = value.Rank - shape.Rank;
        var axes = Enumerable.Range(0, value.Rank).Where(axis => axis < missing || (shape[axis - missing] == 1 && value.Shape[axis] != 1)).Select(axis => (long)axis).ToArray();
        return net.Reshape(axes.Length == 0 ? value : net.Reduce("ReduceSum", value, axes, keep: false), shape);
    }

    private static GraphValue Pair(this NetworkBuilder net, string operation, GraphValue left, GraphValue right)
    {
        var shape = Shapes.Broadcast(left.Shape, right.Shape) ?? throw net.Wrong($"cannot put {left.Shape} and {right.Shape} together ({operation})");
        return net.Graph.Node(operation, shape, [left, right]);
    }
}
