using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Operators that give the same elements another shape or order.</summary>
internal static class Rearranging
{
    /// <summary>Another shape of as many elements.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="value">The elements.</param>
    /// <param name="target">The dimensions; -1 once for what is left over. Known now, or when the graph runs.</param>
    public static Value Reshape(Canvas canvas, Value value, Value target)
    {
        if (target.Rank != 1 || target.Shape.IsDynamic) throw ImportProblem.Unknown("it has a reshape to a number of dimensions that is open");
        if (target.Constant is null)
        {
            var open = ShapeReader.Read(Enumerable.Repeat(-1L, (int)target.Shape[0]).ToArray(), "a reshape", mayBeOpen: true);
            return Canvas.InPlain(canvas.Builder.Node("Reshape", open, [canvas.Plain(value), canvas.Indices(target)]));
        }

        return Reshape(canvas, value, target.Constant.Cast(ElementType.Int64).Integers!);
    }

    /// <summary>Another shape of as many elements.</summary>
    public static Value Reshape(Canvas canvas, Value value, long[] dimensions)
    {
        var shape = Complete(value.Shape, ShapeReader.Read(dimensions, "a reshape", mayBeOpen: true));
        if (value.Constant is { } constant) return Canvas.Constant(constant.Reshape(shape));
        return Canvas.InPlain(canvas.Builder.Node("Reshape", shape, [canvas.Plain(value), canvas.Builder.Constant(dimensions)]));
    }

    /// <summary>A dimension of one element at a place.</summary>
    public static Value ExpandDims(Canvas canvas, Value value, long axis)
    {
        var place = ShapeReader.Axis(axis, value.Rank + 1, "ExpandDims");
        var shape = ShapeReader.Read([.. value.Shape.Dimensions[..place], 1, .. value.Shape.Dimensions[place..]], "ExpandDims", mayBeOpen: true);
        if (value.Constant is { } constant) return Canvas.Constant(constant.Reshape(shape));
        return Canvas.InPlain(canvas.Builder.Node("Unsqueeze", shape, [canvas.Plain(value), canvas.Builder.Constant([place])]));
    }

    /// <summary>Takes dimensions of one element out.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="value">The elements.</param>
    /// <param name="axes">Which; none for all that have one element.</param>
    public static Value Squeeze(Canvas canvas, Value value, long[] axes)
    {
        var all = Enumerable.Range(0, value.Rank).ToArray();
        var chosen = axes.Length > 0 ? [.. axes.Select(axis => ShapeReader.Axis(axis, value.Rank, "Squeeze")).Distinct().Order()] : all.Where(axis => value.Shape[axis] == 1).ToArray();
        if (chosen.Any(axis => value.Shape[axis] is not (1 or -1))) throw ImportProblem.Damaged($"dimensions of more than one element are to be taken out of {value.Shape}");
        if (chosen.Length == 0) return value;
        var shape = new TensorShape([.. all.Except(chosen).Select(axis => value.Shape[axis])]);
        if (value.Constant is { } constant) return Canvas.Constant(constant.Reshape(shape));
        return Canvas.InPlain(canvas.Builder.Node("Squeeze", shape, [canvas.Plain(value), canvas.Builder.Constant([.. chosen.Select(axis => (long)axis)])]));
    }

    /// <summary>The dimensions in another order. From one layout of pictures to the other it costs nothing: the other name is set.</summary>
    public static Value Transpose(Canvas canvas, Value value, long[] order)
    {
        if (!order.Order().SequenceEqual(Enumerable.Range(0, value.Rank).Select(axis => (long)axis))) throw ImportProblem.Damaged($"[{string.Join(',', order)}] is no order of the dimensions of {value.Shape}");
        if (value.Constant is { } constant) return Canvas.Constant(constant.Permute(order));
        if (value.ChannelsFirst is { } first && order.AsSpan().SequenceEqual(Layout.ToChannelsFirst)) return Canvas.InPlain(first);
        if (value.ChannelsFirst is null && order.AsSpan().SequenceEqual(Layout.ToChannelsLast)) return Canvas.InChannelsFirst(canvas.Plain(value));
        return Canvas.InPlain(canvas.Builder.Node("Transpose", Shapes.Permute(value.Shape, order), [canvas.Plain(value)], null, AttributeProto.Of("perm", order)));
    }

    /// <summary>The shape as 32-bit whole numbers: known now where no dimension is open.</summary>
    public static Value ShapeOf(Canvas canvas, Value value)
    {
        if (!value.Shape.IsDynamic) return Canvas.Constant(ConstantTensor.Vector(value.Shape.Dimensions.ToArray()));
        var shape = canvas.Builder.Node("Shape", new TensorShape(value.Rank), [canvas.Plain(value)], ElementType.Int64);
        return Canvas.InPlain(canvas.As(shape, ElementType.Int32));
    }

    /// <summary>Channels become pixels: of each of the block's rows and columns one.</summary>
    public static Value DepthToSpace(Canvas canvas, Value value, long block)
    {
        var input = canvas.ChannelsFirst(value);
        if (block is < 1 or > 256 || input.Shape[1] < 0 || input.Shape[1] % (block * block) != 0) throw ImportProblem.Damaged($"channels of {value.Shape} do not become pixels in blocks of {block}");
        var shape = new TensorShape(input.Shape[0], input.Shape[1] / (block * block), Times(input.Shape[2], block), Times(input.Shape[3], block));
        return Canvas.InChannelsFirst(canvas.Builder.Node("DepthToSpace", shape, [input], null, AttributeProto.Of("blocksize", block), AttributeProto.Of("mode", "DCR")));
    }

    /// <summary>Adds elements around a value.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="value">The value.</param>
    /// <param name="paddings">Of each axis how many before and how many after.</param>
    /// <param name="mode">ONNX's name of what is added.</param>
    /// <param name="filling">A number, or null for zeros or where the mode adds none.</param>
    public static Value Pad(Canvas canvas, Value value, long[] paddings, string mode, Value? filling)
    {
        if (paddings.Length != 2 * value.Rank || paddings.Any(count => count is < 0 or > int.MaxValue)) throw ImportProblem.Damaged($"paddings [{string.Join(',', paddings)}] do not fit {value.Shape}");
        var isFirst = value.ChannelsFirst is not null;
        var input = isFirst ? value.ChannelsFirst! : canvas.Plain(value);
        var order = isFirst ? Layout.ToChannelsFirst : [.. Enumerable.Range(0, value.Rank).Select(axis => (long)axis)];
        long[] pads = [.. order.Select(axis => paddings[2 * axis]), .. order.Select(axis => paddings[(2 * axis) + 1])];
        var shape = new long[input.Rank];
        for (var i = 0; i < shape.Length; i++) shape[i] = input.Shape[i] < 0 ? -1 : input.Shape[i] + pads[i] + pads[i + shape.Length];
        var number = filling is null ? null : canvas.Plain(filling);
        ReadOnlySpan<GraphValue?> inputs = number is null ? [input, canvas.Builder.Constant(pads)] : [input, canvas.Builder.Constant(pads), number];
        var padded = canvas.Builder.Node("Pad", ShapeReader.Read(shape, "a padded value", mayBeOpen: true), inputs, null, AttributeProto.Of("mode", mode));
        return isFirst ? Canvas.InChannelsFirst(padded) : Canvas.InPlain(padded);
    }

    private static long Times(long size, long factor) => size < 0 ? -1 : size * factor;

    private static TensorShape Complete(TensorShape from, TensorShape to)
    {
        if (to.Dimensions.Count(-1L) > 1) throw ImportProblem.Damaged($"a reshape to {to} leaves more than one dimension open");
        if (from.IsDynamic) return to;
        if (!to.IsDynamic) return to.ElementCount == from.ElementCount ? to : throw ImportProblem.Damaged($"{from} does not reshape to {to}");
        var place = to.Dimensions.IndexOf(-1L);
        var others = Shapes.With(to, place, 1).ElementCount;
        if (others == 0 || from.ElementCount % others != 0) throw ImportProblem.Damaged($"{from} does not reshape to {to}");
        return Shapes.With(to, place, from.ElementCount / others);
    }
}
