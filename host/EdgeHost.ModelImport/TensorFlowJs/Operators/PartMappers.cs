using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Operators that take parts of a value, or join values.</summary>
internal static class PartMappers
{
    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        new("ConcatV2", call => [Joining.Concat(call.Canvas, [.. call.Inputs.SkipLast(1)], call.Number(call.Inputs.Count - 1))]),
        new("Pack", call => [Joining.Pack(call.Canvas, call.Inputs, call.Integer("axis", 0))]),
        new("Unpack", call => Joining.Unpack(call.Canvas, call[0], call.Integer("axis", 0), call.Integer("num", 0))),
        new("Split", call => Slicing.Split(call.Canvas, call[1], call.Number(0), call.Integer("num_split", 0))),
        new("SplitV", call => Slicing.Split(call.Canvas, call[0], call.Number(2), call.Numbers(1))),
        new("GatherV2", call => [Slicing.Gather(call.Canvas, call[0], call[1], call.Number(2))]),
        new("GatherNd", call => [Slicing.GatherNd(call.Canvas, call[0], call[1])]),
        new("Slice", Slice),
        new("StridedSlice", StridedSlice),
    ];

    private static Value[] Slice(TfjsCall call)
    {
        var (starts, sizes) = (call.Numbers(1), call.Numbers(2));
        if (starts.Length != sizes.Length) throw ImportProblem.Damaged("its starts and sizes differ in number");
        long[] ends = [.. starts.Zip(sizes, static (start, size) => size < 0 ? long.MaxValue : start + size)];
        return [Slicing.Slice(call.Canvas, call[0], starts, ends, [.. starts.Select(static _ => 1L)])];
    }

    private static Value[] StridedSlice(TfjsCall call)
    {
        if (call.Integer("ellipsis_mask", 0) != 0 || call.Integer("new_axis_mask", 0) != 0) throw ImportProblem.Unknown("it slices with an ellipsis or a new axis");
        var (starts, ends, steps) = (call.Numbers(1), call.Numbers(2), call.Numbers(3));
        if (starts.Length != ends.Length || starts.Length != steps.Length) throw ImportProblem.Damaged("its starts, ends and steps differ in number");
        var (fromFirst, toLast, single) = (call.Integer("begin_mask", 0), call.Integer("end_mask", 0), call.Integer("shrink_axis_mask", 0));
        var removed = new List<long>();
        for (var i = 0; i < starts.Length; i++)
        {
            if (Has(single, i))
            {
                removed.Add(i);
                (ends[i], steps[i]) = (starts[i] == -1 ? long.MaxValue : starts[i] + 1, 1);
                continue;
            }

            if (Has(fromFirst, i)) starts[i] = steps[i] > 0 ? 0 : long.MaxValue;
            if (Has(toLast, i)) ends[i] = steps[i] > 0 ? long.MaxValue : long.MinValue;
        }

        var sliced = Slicing.Slice(call.Canvas, call[0], starts, ends, steps);
        return [removed.Count == 0 ? sliced : Rearranging.Squeeze(call.Canvas, sliced, [.. removed])];
    }

    private static bool Has(long mask, int bit) => ((mask >> bit) & 1) != 0;
}
