using EdgeHost.ModelImport.Layers;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Operators that give the same elements another shape or order, or tell a shape.</summary>
internal static class ShapeMappers
{
    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        new("Reshape", call => [Rearranging.Reshape(call.Canvas, call[0], call[1])]),
        new("ExpandDims", call => [Rearranging.ExpandDims(call.Canvas, call[0], call.Number(1))]),
        new("Squeeze", call => [Rearranging.Squeeze(call.Canvas, call[0], call.Integers("squeeze_dims") is { Length: > 0 } axes ? axes : call.Integers("axis"))]),
        new("Transpose", call => [Rearranging.Transpose(call.Canvas, call[0], call.Numbers(1))]),
        new("Shape", call => [Rearranging.ShapeOf(call.Canvas, call[0])]),
    ];
}
