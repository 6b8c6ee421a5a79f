using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Products of matrices. They throw <see cref="EdgeHostException"/> with both shapes where these do not fit.</summary>
public static class MatrixOperators
{
    /// <summary>The product of the last two dimensions; those before are broadcast.</summary>
    public static GraphValue MatMul(this NetworkBuilder net, GraphValue left, GraphValue right)
    {
        var shape = Shapes.MatMul(left.Shape, right.Shape) ?? throw net.Wrong($"cannot multiply {left.Shape} by {right.Shape}");
        var product = net.Graph.Node("MatMul", shape, [left, right]);
        net.Tape.Record([product], [left, right], (gradients, g) =>
        {
            gradients.Add(left, () => net.SumTo(net.MatMul(g[0]!, net.SwapLast(right)), left.Shape));
            gradients.Add(right, () => right.Rank == 2
                ? net.Gemm(net.Flatten(left), net.Flatten(g[0]!), null, transposeLeft: true)
                : net.SumTo(net.MatMul(net.SwapLast(left), g[0]!), right.Shape));
        });
        return product;
    }

    /// <summary>The product of two matrices, either of which may be turned, plus a row that is added to each.</summary>
    internal static GraphValue Gemm(this NetworkBuilder net, GraphValue left, GraphValue right, GraphValue? row, bool transposeLeft = false, bool transposeRight = false)
    {
        var (rows, inner) = (left.Shape[transposeLeft ? 1 : 0], left.Shape[transposeLeft ? 0 : 1]);
        var (other, columns) = (right.Shape[transposeRight ? 1 : 0], right.Shape[transposeRight ? 0 : 1]);
        if (inner != other) throw net.Wrong($"cannot multiply {left.Shape} by {right.Shape}");
        GraphValue?[] inputs = row is null ? [left, right] : [left, right, row];
        var product = net.Graph.Node(
            "Gemm",
            new TensorShape(rows, columns),
            inputs,
            null,
            AttributeProto.Of("transA", transposeLeft ? 1 : 0),
            AttributeProto.Of("transB", transposeRight ? 1 : 0));

        // Only products whose left side is as it stands are part of networks; the others are parts of gradients, which are not recorded.
        net.Tape.Record([product], row is null ? [left, right] : [left, right, row], (gradients, g) =>
        {
            gradients.Add(left, () => net.Gemm(g[0]!, right, null, transposeRight: !transposeRight));
            gradients.Add(right, () => transposeRight ? net.Gemm(g[0]!, left, null, transposeLeft: true) : net.Gemm(left, g[0]!, null, transposeLeft: true));
            if (row is not null) gradients.Add(row, () => net.SumTo(g[0]!, row.Shape));
        });
        return product;
    }

    /// <summary>All dimensions but the last as one.</summary>
    internal static GraphValue Flatten(this NetworkBuilder net, GraphValue value)
    {
        if (value.Rank == 2) return value;
        var rows = value.Shape.IsDynamic ? -1 : value.Shape.ElementCount / value.Shape[value.Rank - 1];
        return net.Reshape(value, new TensorShape(rows, value.Shape[value.Rank - 1]));
    }

    private static GraphValue SwapLast(this NetworkBuilder net, GraphValue value)
    {
        var order = Enumerable.Range(0, value.Rank).Select(axis => (long)axis).ToArray();
        (order[^1], order[^2]) = (order[^2], order[^1]);
        return net.Transpose(value, order);
    }
}
