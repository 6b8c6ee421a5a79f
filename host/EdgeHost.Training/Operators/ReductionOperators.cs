using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Operators that make one element of many.</summary>
public static class ReductionOperators
{
    /// <summary>The sum over dimensions, which vanish; over all if none is named.</summary>
    public static GraphValue Sum(this NetworkBuilder net, GraphValue value, params long[] axes)
        => net.Reduction("ReduceSum", value, axes);

    /// <summary>The mean over dimensions, which vanish; over all if none is named.</summary>
    public static GraphValue Mean(this NetworkBuilder net, GraphValue value, params long[] axes)
        => net.Reduction("ReduceMean", value, axes);

    /// <summary>A reduction without a gradient.</summary>
    internal static GraphValue Reduce(this NetworkBuilder net, string operation, GraphValue value, long[] axes, bool keep)
    {
        var shape = new List<long>();
        for (var axis = 0; axis < value.Rank; axis++)
        {
            if (axes.Length > 0 && !axes.Contains(axis)) shape.Add(value.Shape[axis]);
            else if (keep) shape.Add(1);
        }

        GraphValue?[] inputs = axes.Length == 0 ? [value] : [value, net.Graph.Constant(axes)];
        return net.Graph.Node(operation, new TensorShape([.. shape]), inputs, null, AttributeProto.Of("keepdims", keep ? 1 : 0));
    }

    private static GraphValue Reduction(this NetworkBuilder net, string operation, GraphValue value, long[] axes)
    {
        if (axes.Any(axis => axis < 0 || axis >= value.Rank)) throw net.Wrong($"has no dimensions [{string.Join(',', axes)}] in {value.Shape}");
        var result = net.Reduce(operation, value, axes, keep: false);
        net.Tape.Record([result], [value], (gradients, g) => gradients.Add(value, () =>
        {
            var gone = Enumerable.Range(0, value.Rank).Select(axis => axes.Length == 0 || axes.Contains(axis) ? 1 : value.Shape[axis]).ToArray();
            var kept = net.Reshape(g[0]!, new TensorShape(gone));
            if (operation == "ReduceMean") kept = net.Scale(kept, (float)result.Shape.ElementCount / value.Shape.ElementCount);
            return net.Expand(kept, value.Shape);
        }));
        return result;
    }
}
