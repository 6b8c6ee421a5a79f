using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Operators;

/// <summary>Operators that move elements. They throw <see cref="EdgeHostException"/> where shapes do not fit.</summary>
public static class ShapeOperators
{
    /// <summary>The same elements in another shape.</summary>
    /// <param name="net">The network.</param>
    /// <param name="value">The value.</param>
    /// <param name="shape">The shape; open (-1) where the value's is.</param>
    public static GraphValue Reshape(this NetworkBuilder net, GraphValue value, TensorShape shape)
    {
        if (value.Shape == shape) return value;
        if (!value.Shape.IsDynamic && !shape.IsDynamic && value.Shape.ElementCount != shape.ElementCount)
        {
            throw net.Wrong($"cannot give {value.Shape} the shape {shape}: they have {value.Shape.ElementCount} and {shape.ElementCount} elements");
        }

        var result = net.Graph.Node("Reshape", shape, [value, net.Graph.Constant(shape.Dimensions)]);
        net.Tape.Record([result], [value], (gradients, g) => gradients.Add(value, () => net.Reshape(g[0]!, value.Shape)));
        return result;
    }

    /// <summary>The dimensions in another order.</summary>
    /// <param name="net">The network.</param>
    /// <param name="value">The value.</param>
    /// <param name="order">Each index of a dimension once.</param>
    public static GraphValue Transpose(this NetworkBuilder net, GraphValue value, params long[] order)
    {
        if (!order.Order().SequenceEqual(Enumerable.Range(0, value.Rank).Select(axis => (long)axis)))
        {
            throw net.Wrong($"cannot put the dimensions of {value.Shape} in the order [{string.Join(',', order)}]");
        }

        var result = net.Graph.Node("Transpose", Shapes.Permute(value.Shape, order), [value], null, AttributeProto.Of("perm", order.AsSpan()));
        net.Tape.Record([result], [value], (gradients, g) => gradients.Add(value, () =>
        {
            var back = new long[order.Length];
            for (var i = 0; i < back.Length; i++) back[order[i]] = i;
            return net.Transpose(g[0]!, back);
        }));
        return result;
    }

    /// <summary>Values one after the other along a dimension.</summary>
    /// <param name="net">The network.</param>
    /// <param name="axis">Which dimension, from 0.</param>
    /// <param name="values">At least one; of the same shape but for that dimension.</param>
    public static GraphValue Concat(this NetworkBuilder net, int axis, params GraphValue[] values)
    {
        if (values.Length == 1) return values[0];
        var first = values[0].Shape;
        if (axis < 0 || axis >= first.Rank) throw net.Wrong($"has no dimension {axis} in {first}");
        foreach (var value in values)
        {
            if (value.Rank != first.Rank || Shapes.With(value.Shape, axis, 0) != Shapes.With(first, axis, 0)) throw net.Wrong($"cannot put {first} and {value.Shape} one after the other along dimension {axis}");
        }

        var sizes = Array.ConvertAll(values, value => value.Shape[axis]);
        var result = net.Graph.Node("Concat", Shapes.With(first, axis, sizes.Contains(-1) ? -1 : sizes.Sum()), values, null, AttributeProto.Of("axis", axis));
        net.Tape.Record([result], values, (gradients, g) =>
        {
            var parts = net.Split(g[0]!, axis, sizes);
            for (var i = 0; i < values.Length; i++)
            {
                var part = parts[i];
                gradients.Add(values[i], () => part);
            }
        });
        return result;
    }

    /// <summary>Parts of a value along a dimension.</summary>
    /// <param name="net">The network.</param>
    /// <param name="value">The value.</param>
    /// <param name="axis">Which dimension, from 0.</param>
    /// <param name="sizes">The parts' sizes; together that of the dimension.</param>
    public static GraphValue[] Split(this NetworkBuilder net, GraphValue value, int axis, params long[] sizes)
    {
        if (axis < 0 || axis >= value.Rank || sizes.Sum() != value.Shape[axis]) throw net.Wrong($"cannot split {value.Shape} along dimension {axis} into [{string.Join(',', sizes)}]");
        if (sizes.Length == 1) return [value];
        var parts = net.Graph.Node("Split", Array.ConvertAll(sizes, size => Shapes.With(value.Shape, axis, size)), [value, net.Graph.Constant(sizes)], null, AttributeProto.Of("axis", axis));
        net.Tape.Record(parts, [value], (gradients, g) => gradients.Add(value, () =>
            net.Concat(axis, [.. parts.Select((part, i) => g[i] ?? net.Expand(net.Constant(0), part.Shape))])));
        return parts;
    }

    /// <summary>A value repeated to a larger shape.</summary>
    public static GraphValue Expand(this NetworkBuilder net, GraphValue value, TensorShape shape)
    {
        if (value.Shape == shape) return value;
        if (Shapes.Broadcast(value.Shape, shape) != shape) throw net.Wrong($"cannot repeat {value.Shape} to {shape}");
        var result = net.Graph.Node("Expand", shape, [value, net.Graph.Constant(shape.Dimensions)]);
        net.Tape.Record([result], [value], (gradients, g) => gradients.Add(value, () => net.SumTo(g[0]!, value.Shape)));
        return result;
    }
}
