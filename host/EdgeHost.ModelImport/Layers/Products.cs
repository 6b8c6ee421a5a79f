using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Products of matrices.</summary>
internal static class Products
{
    /// <summary>A product of two matrices and a sum.</summary>
    public static Value Dense(Canvas canvas, Value left, GraphValue right, GraphValue? bias, bool transposeLeft, bool transposeRight)
    {
        var input = canvas.Plain(left);
        if (input.Type != right.Type || (bias is not null && bias.Type != right.Type)) throw ImportProblem.Damaged($"a product is given {input.Type} and {right.Type}");
        if (input.Rank != 2 || right.Rank != 2) throw ImportProblem.Damaged($"a product of {input.Shape} and {right.Shape} is none of two matrices");
        var (rows, inner) = transposeLeft ? (input.Shape[1], input.Shape[0]) : (input.Shape[0], input.Shape[1]);
        var (other, columns) = transposeRight ? (right.Shape[1], right.Shape[0]) : (right.Shape[0], right.Shape[1]);
        if (inner >= 0 && other >= 0 && inner != other) throw ImportProblem.Damaged($"{input.Shape} and {right.Shape} have no product");
        ReadOnlySpan<GraphValue?> inputs = bias is null ? [input, right] : [input, right, bias];
        return Canvas.InPlain(canvas.Builder.Node(
            "Gemm", new TensorShape(rows, columns), inputs, null, AttributeProto.Of("transA", transposeLeft ? 1L : 0L), AttributeProto.Of("transB", transposeRight ? 1L : 0L)));
    }

    /// <summary>Products of many matrices, those of the two last axes.</summary>
    public static Value Batch(Canvas canvas, Value left, Value right, bool transposeLeft, bool transposeRight)
    {
        if (transposeLeft) left = SwapLast(canvas, left);
        if (transposeRight) right = SwapLast(canvas, right);
        if (left.Type != right.Type) throw ImportProblem.Damaged($"a product is given {left.Type} and {right.Type}");
        if (Shapes.MatMul(left.Shape, right.Shape) is not { } shape) throw ImportProblem.Damaged($"{left.Shape} and {right.Shape} have no product");
        return Canvas.InPlain(canvas.Builder.Node("MatMul", shape, [canvas.Plain(left), canvas.Plain(right)]));
    }

    private static Value SwapLast(Canvas canvas, Value value)
    {
        if (value.Rank < 2) throw ImportProblem.Damaged($"{value.Shape} is no matrix");
        long[] order = [.. Enumerable.Range(0, value.Rank - 2).Select(axis => (long)axis), value.Rank - 1, value.Rank - 2];
        return Rearranging.Transpose(canvas, value, order);
    }
}
