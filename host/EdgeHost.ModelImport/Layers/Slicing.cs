using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Operators that take parts of a value.</summary>
internal static class Slicing
{
    /// <summary>The elements from a start up to an end, of each axis.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="value">The value.</param>
    /// <param name="starts">The first element of each axis from the first on; negative ones count from the end.</param>
    /// <param name="ends">The first that is not taken any more.</param>
    /// <param name="steps">How far the next one is, not 0.</param>
    public static Value Slice(Canvas canvas, Value value, long[] starts, long[] ends, long[] steps)
    {
        if (starts.Length > value.Rank || starts.Length != ends.Length || starts.Length != steps.Length || steps.Contains(0)) throw ImportProblem.Damaged($"a slice of {value.Shape} has {starts.Length} axes, or goes no step");
        var shape = value.Shape.Dimensions.ToArray();
        var firsts = new long[value.Rank];
        for (var i = 0; i < starts.Length; i++) (firsts[i], shape[i]) = Range(shape[i], starts[i], ends[i], steps[i]);
        var sliced = new TensorShape(shape);
        if (value.Constant is { } constant)
        {
            var strides = Strides.Of(constant.Shape);
            var start = firsts.Zip(strides, static (first, stride) => first * stride).Sum();
            return Canvas.Constant(constant.Pick(sliced, Strides.Walk(shape, [.. strides.Select((stride, i) => i < steps.Length ? stride * steps[i] : stride)], start)));
        }

        var axes = canvas.Builder.Constant([.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)]);
        return Canvas.InPlain(canvas.Builder.Node(
            "Slice", sliced, [canvas.Plain(value), canvas.Builder.Constant(starts), canvas.Builder.Constant(ends), axes, canvas.Builder.Constant(steps)]));
    }

    /// <summary>Parts one after the other along an axis.</summary>
    public static Value[] Split(Canvas canvas, Value value, long axis, long[] sizes)
    {
        var place = ShapeReader.Axis(axis, value.Rank, "Split");
        var whole = value.Shape[place];
        if (sizes.Count(size => size == -1) == 1 && whole >= 0) sizes = [.. sizes.Select(size => size == -1 ? whole - sizes.Sum() - 1 : size)];
        if (sizes.Length == 0 || sizes.Any(size => size is < 0 or > int.MaxValue) || (whole >= 0 && sizes.Sum() != whole)) throw ImportProblem.Damaged($"{value.Shape} does not fall into parts of [{string.Join(',', sizes)}]");
        if (value.Constant is not null)
        {
            long start = 0;
            return [.. sizes.Select(size => Part(canvas, value, place, start, start += size))];
        }

        var input = value.ChannelsFirst ?? canvas.Plain(value);
        var at = value.ChannelsFirst is null ? place : Layout.AxisWithChannelsFirst(place);
        var parts = canvas.Builder.Node(
            "Split", [.. sizes.Select(size => Shapes.With(input.Shape, at, size))], [input, canvas.Builder.Constant(sizes)], null, AttributeProto.Of("axis", (long)at));
        return [.. parts.Select(part => value.ChannelsFirst is null ? Canvas.InPlain(part) : Canvas.InChannelsFirst(part))];
    }

    /// <summary>Parts of one size.</summary>
    public static Value[] Split(Canvas canvas, Value value, long axis, long count)
    {
        var whole = value.Shape[ShapeReader.Axis(axis, value.Rank, "Split")];
        if (count is < 1 or > 4096 || whole < 0 || whole % count != 0) throw ImportProblem.Damaged($"{value.Shape} does not fall into {count} equal parts");
        return Split(canvas, value, axis, [.. Enumerable.Repeat(whole / count, (int)count)]);
    }

    /// <summary>The elements of a value at indices along an axis.</summary>
    public static Value Gather(Canvas canvas, Value value, Value indices, long axis)
    {
        var place = ShapeReader.Axis(axis, value.Rank, "Gather");
        var shape = ShapeReader.Read([.. value.Shape.Dimensions[..place], .. indices.Shape.Dimensions, .. value.Shape.Dimensions[(place + 1)..]], "a gathered value", mayBeOpen: true);
        if (value.Constant is { Shape.Rank: 1 } constant && indices.Constant is { } chosen)
        {
            canvas.Budget.Take(shape.ElementCount, sizeof(long), "a gathered value");
            return Canvas.Constant(constant.Pick(shape, chosen.Cast(ElementType.Int64).Integers!.Select(index => ShapeReader.Axis(index, constant.Count, "Gather"))));
        }

        return Canvas.InPlain(canvas.Builder.Node("Gather", shape, [canvas.Plain(value), canvas.Indices(indices)], null, AttributeProto.Of("axis", (long)place)));
    }

    /// <summary>The elements of a value at places that the last axis of the indices names.</summary>
    public static Value GatherNd(Canvas canvas, Value value, Value indices)
    {
        var depth = indices.Rank == 0 ? -1 : indices.Shape[indices.Rank - 1];
        if (depth < 0 || depth > value.Rank) throw ImportProblem.Damaged($"indices of {indices.Shape} do not name places of {value.Shape}");
        var shape = ShapeReader.Read([.. indices.Shape.Dimensions[..^1], .. value.Shape.Dimensions[(int)depth..]], "a gathered value", mayBeOpen: true);
        return Canvas.InPlain(canvas.Builder.Node("GatherND", shape, [canvas.Plain(value), canvas.Indices(indices)]));
    }

    private static Value Part(Canvas canvas, Value value, int axis, long start, long end)
    {
        long[] starts = [.. Enumerable.Repeat(0L, axis), start];
        long[] ends = [.. value.Shape.Dimensions[..axis], end];
        return Slice(canvas, value, starts, ends, [.. Enumerable.Repeat(1L, axis + 1)]);
    }

    // The first element and how many there are, as Python counts them.
    private static (long First, long Count) Range(long size, long start, long end, long step)
    {
        if (size < 0) return (0, -1);
        var (low, high) = step > 0 ? (0L, size) : (-1L, size - 1);
        var first = Math.Clamp(start < 0 ? start + size : start, low, high);
        var last = Math.Clamp(end < 0 ? (end == long.MinValue ? -1 : end + size) : end, low, high);
        var count = step > 0 ? (last - first + step - 1) / step : (first - last - step - 1) / -step;
        return (first, Math.Max(0, count));
    }
}
