using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Operators that make one number of many along axes.</summary>
internal static class Reduction
{
    /// <summary>A reduction.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="operation">ONNX's name of it, for example <c>ReduceMean</c>.</param>
    /// <param name="value">What is reduced.</param>
    /// <param name="axes">Axes of the source's layout; negative ones count from the last.</param>
    /// <param name="keep">Whether the axes stay, with one element each.</param>
    public static Value Apply(Canvas canvas, string operation, Value value, long[] axes, bool keep)
    {
        var chosen = axes.Select(axis => ShapeReader.Axis(axis, value.Rank, operation)).Distinct().Order().ToArray();
        if (chosen.Length == 0) return value;

        // Over rows and columns alone what is left has one layout: [N,C].
        if (value.ChannelsFirst is { } first && (keep || chosen.AsSpan().SequenceEqual([1, 2])))
        {
            var reduced = Reduce(canvas, operation, first, [.. chosen.Select(Layout.AxisWithChannelsFirst).Order()], keep);
            return keep ? Canvas.InChannelsFirst(reduced) : Canvas.InPlain(reduced);
        }

        return Canvas.InPlain(Reduce(canvas, operation, canvas.Plain(value), chosen, keep));
    }

    /// <summary>Where the largest or smallest value along an axis stands, as 32-bit whole numbers.</summary>
    public static Value Arg(Canvas canvas, string operation, Value value, long axis)
    {
        var chosen = ShapeReader.Axis(axis, value.Rank, operation);
        var input = canvas.Plain(value);
        var found = canvas.Builder.Node(
            operation, Without(input.Shape, [chosen]), [input], ElementType.Int64, AttributeProto.Of("axis", (long)chosen), AttributeProto.Of("keepdims", 0L));
        return Canvas.InPlain(canvas.As(found, ElementType.Int32));
    }

    /// <summary>The largest values along the last axis, and where they stand as 32-bit whole numbers.</summary>
    public static (Value Values, Value Indices) TopK(Canvas canvas, Value value, long count)
    {
        if (value.Rank == 0 || count < 0 || (value.Shape[value.Rank - 1] >= 0 && count > value.Shape[value.Rank - 1])) throw ImportProblem.Damaged($"the best {count} of {value.Shape} are asked for");
        var input = canvas.Plain(value);
        var shape = Shapes.With(input.Shape, input.Rank - 1, count);
        var number = canvas.Builder.Constant([count]);

        // The builder gives all outputs of a node one type, and these have two; a reader of the second sees what the cast says.
        var found = canvas.Builder.Node("TopK", [shape, shape], [input, number], null, AttributeProto.Of("axis", -1L), AttributeProto.Of("sorted", 1L));
        var places = canvas.Builder.Node("Cast", shape, [found[1]], ElementType.Int32, AttributeProto.Of("to", (long)ElementType.Int32));
        return (Canvas.InPlain(found[0]), Canvas.InPlain(places));
    }

    /// <summary>Numbers along the last axis that add up to one.</summary>
    public static Value Softmax(Canvas canvas, Value value, string operation = "Softmax")
        => value.ChannelsFirst is { } first
            ? Canvas.InChannelsFirst(canvas.Builder.Node(operation, first.Shape, [first], null, AttributeProto.Of("axis", 1L)))
            : Canvas.InPlain(canvas.Builder.Node(operation, value.Shape, [canvas.Plain(value)], null, AttributeProto.Of("axis", -1L)));

    private static GraphValue Reduce(Canvas canvas, string operation, GraphValue input, int[] axes, bool keep)
    {
        var shape = keep ? axes.Aggregate(input.Shape, (reduced, axis) => Shapes.With(reduced, axis, 1)) : Without(input.Shape, axes);
        var list = canvas.Builder.Constant([.. axes.Select(axis => (long)axis)]);
        return canvas.Builder.Node(operation, shape, [input, list], null, AttributeProto.Of("keepdims", keep ? 1L : 0L));
    }

    private static TensorShape Without(TensorShape shape, int[] axes)
    {
        var left = new List<long>();
        for (var i = 0; i < shape.Rank; i++)
        {
            if (!axes.Contains(i)) left.Add(shape[i]);
        }

        return new TensorShape([.. left]);
    }
}
