using EdgeHost.ModelImport.Layers;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Operators that make one number of many.</summary>
internal static class ReductionMappers
{
    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        Reduce("Mean"), Reduce("Sum"), Reduce("Max"), Reduce("Min"), Reduce("Prod"),
        new("ArgMax", call => [Reduction.Arg(call.Canvas, "ArgMax", call[0], call.Number(1))]),
        new("ArgMin", call => [Reduction.Arg(call.Canvas, "ArgMin", call[0], call.Number(1))]),
        new("TopKV2", call =>
        {
            var (values, indices) = Reduction.TopK(call.Canvas, call[0], call.Number(1));
            return [values, indices];
        }),
    ];

    private static KeyValuePair<string, TfjsMapper> Reduce(string name)
        => new(name, call => [Reduction.Apply(call.Canvas, "Reduce" + name, call[0], call.Numbers(1), call.Flag("keep_dims"))]);
}
