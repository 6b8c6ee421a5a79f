using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Operators that make one value of several.</summary>
internal static class Joining
{
    /// <summary>Values one after the other along an axis.</summary>
    public static Value Concat(Canvas canvas, IReadOnlyList<Value> parts, long axis)
    {
        if (parts.Count == 0) throw ImportProblem.Damaged("a join has no parts");
        var place = ShapeReader.Axis(axis, parts[0].Rank, "a join");
        var shape = ShapeOf(parts, place);
        if (parts.Count == 1) return parts[0];
        if (parts.All(part => part.Constant is not null)) return Canvas.Constant(Folding.Concat(canvas.Budget, [.. parts.Select(part => part.Constant!)], place, shape));
        var isFirst = shape.Rank == 4 && parts.Any(part => part.ChannelsFirst is not null);
        GraphValue?[] inputs = [.. parts.Select(part => isFirst ? canvas.ChannelsFirst(part) : canvas.Plain(part))];
        var at = isFirst ? Layout.AxisWithChannelsFirst(place) : place;
        var joined = canvas.Builder.Node("Concat", isFirst ? Layout.ChannelsFirst(shape) : shape, inputs, null, AttributeProto.Of("axis", (long)at));
        return isFirst ? Canvas.InChannelsFirst(joined) : Canvas.InPlain(joined);
    }

    /// <summary>Values of one shape, side by side along a new axis.</summary>
    public static Value Pack(Canvas canvas, IReadOnlyList<Value> parts, long axis)
        => Concat(canvas, [.. parts.Select(part => Rearranging.ExpandDims(canvas, part, axis))], axis);

    /// <summary>The parts of a value along an axis, each without it.</summary>
    public static Value[] Unpack(Canvas canvas, Value value, long axis, long count)
        => [.. Slicing.Split(canvas, value, axis, count).Select(part => Rearranging.Squeeze(canvas, part, [axis]))];

    private static TensorShape ShapeOf(IReadOnlyList<Value> parts, int axis)
    {
        var shape = parts[0].Shape.Dimensions.ToArray();
        foreach (var part in parts.Skip(1))
        {
            if (part.Rank != shape.Length || part.Type != parts[0].Type) throw ImportProblem.Damaged($"{parts[0].Type} {parts[0].Shape} is joined with {part.Type} {part.Shape}");
            for (var i = 0; i < shape.Length; i++)
            {
                if (i == axis) shape[i] = shape[i] < 0 || part.Shape[i] < 0 ? -1 : shape[i] + part.Shape[i];
                else if (shape[i] < 0) shape[i] = part.Shape[i];
                else if (part.Shape[i] >= 0 && part.Shape[i] != shape[i]) throw ImportProblem.Damaged($"{parts[0].Shape} is joined with {part.Shape} along axis {axis}");
            }
        }

        return ShapeReader.Read(shape, "a joined value", mayBeOpen: true);
    }
}
