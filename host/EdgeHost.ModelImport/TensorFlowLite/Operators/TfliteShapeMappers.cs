using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowLite.Operators;

/// <summary>Operators that give the same elements another shape, take parts, join, or make one number of many.</summary>
internal static class TfliteShapeMappers
{
    public static IReadOnlyList<(int Code, string Name, TfliteMapper Map)> Table { get; } =
    [
        (2, "CONCATENATION", static call => [call.Activate(Joining.Concat(call.Canvas, call.Inputs, call.Options.Integer(0)), call.Options.Byte(1))]),
        (22, "RESHAPE", Reshape),
        (34, "PAD", static call => [Rearranging.Pad(call.Canvas, call[0], call.Numbers(1), "constant", null)]),
        (39, "TRANSPOSE", static call => [Rearranging.Transpose(call.Canvas, call[0], call.Numbers(1))]),
        (40, "MEAN", static call => [Reduction.Apply(call.Canvas, "ReduceMean", call[0], call.Numbers(1), call.Options.Flag(0))]),
        (43, "SQUEEZE", static call => [Rearranging.Squeeze(call.Canvas, call[0], [.. call.Options.Integers(0).Select(axis => (long)axis)])]),
        (49, "SPLIT", static call => Slicing.Split(call.Canvas, call[1], call.Number(0), call.Options.Integer(0))),
        (56, "ARG_MAX", static call => [Reduction.Arg(call.Canvas, "ArgMax", call[0], call.Number(1))]),
        (74, "SUM", static call => [Reduction.Apply(call.Canvas, "ReduceSum", call[0], call.Numbers(1), call.Options.Flag(0))]),
        (83, "PACK", static call => [Joining.Pack(call.Canvas, call.Inputs, call.Options.Integer(1))]),
        (88, "UNPACK", static call => Joining.Unpack(call.Canvas, call[0], call.Options.Integer(1), call.Options.Integer(0))),
    ];

    // The shape is an input, an option, or only what the result is said to have.
    private static Value[] Reshape(TfliteCall call)
    {
        if (call.Has(1)) return [Rearranging.Reshape(call.Canvas, call[0], call[1])];
        var option = call.Options.Integers(0);
        return [Rearranging.Reshape(call.Canvas, call[0], option.Length > 0 ? [.. option.Select(size => (long)size)] : call.Output.Shape.Dimensions.ToArray())];
    }
}
