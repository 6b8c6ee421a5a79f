using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Products of matrices.</summary>
internal static class ProductMappers
{
    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        new("MatMul", Multiply),
        new("_FusedMatMul", Multiply),
        new("BatchMatMul", MultiplyMany),
        new("BatchMatMulV2", MultiplyMany),
    ];

    private static Value[] Multiply(TfjsCall call)
    {
        IEnumerable<string> fused = call.Texts("fused_ops");
        var hasBias = fused.FirstOrDefault() == "BiasAdd";
        var made = Products.Dense(
            call.Canvas, call[0], call.Canvas.Plain(call[1]), hasBias ? call.Canvas.Plain(call[2]) : null, call.Flag("transpose_a"), call.Flag("transpose_b"));
        return [ElementMappers.Fused(call, made, hasBias ? fused.Skip(1) : fused, hasBias ? 3 : 2)];
    }

    private static Value[] MultiplyMany(TfjsCall call) => [Products.Batch(call.Canvas, call[0], call[1], call.Flag("adj_x"), call.Flag("adj_y"))];
}
