using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelTools;

namespace EdgeHost.ModelImport.TensorFlowLite.Operators;

/// <summary>Operators that look at each element alone, or at two that belong together.</summary>
internal static class TfliteElementMappers
{
    public static IReadOnlyList<(int Code, string Name, TfliteMapper Map)> Table { get; } =
    [
        Pair(0, "ADD", "Add"), Pair(18, "MUL", "Mul"), Pair(41, "SUB", "Sub"), Pair(42, "DIV", "Div"), Pair(55, "MAXIMUM", "Max"), Pair(57, "MINIMUM", "Min"),
        Single(8, "FLOOR", "Floor"), Single(14, "LOGISTIC", "Sigmoid"), Single(19, "RELU", "Relu"), Single(28, "TANH", "Tanh"), Single(47, "EXP", "Exp"), Single(75, "SQRT", "Sqrt"),
        Single(101, "ABS", "Abs"), Single(117, "HARD_SWISH", "HardSwish"),
        (21, "RELU6", static call => [Elementwise.Clip(call.Canvas, call[0], 0, 6)]),
        (25, "SOFTMAX", Softmax),
        (98, "LEAKY_RELU", static call => [Elementwise.Unary(call.Canvas, "LeakyRelu", call[0], AttributeProto.Of("alpha", call.Options.Float(0)))]),

        // Values are floats in the graph: what they are rounded to, the result says.
        (6, "DEQUANTIZE", static call => [call[0]]),
        (114, "QUANTIZE", static call => [call[0]]),
    ];

    private static (int Code, string Name, TfliteMapper Map) Pair(int code, string name, string operation)
        => (code, name, call => [call.Activate(Elementwise.Binary(call.Canvas, operation, call[0], call[1]), operation is "Max" or "Min" ? (byte)0 : call.Options.Byte(0))]);

    private static (int Code, string Name, TfliteMapper Map) Single(int code, string name, string operation)
        => (code, name, call => [Elementwise.Unary(call.Canvas, operation, call[0])]);

    private static Values.Value[] Softmax(TfliteCall call)
    {
        var beta = call.Options.Float(0, 1);
        var input = beta is 1 or 0 ? call[0] : Elementwise.Binary(call.Canvas, "Mul", call[0], Values.Canvas.Constant(Values.ConstantTensor.Of([beta], new TensorShape())));
        return [Reduction.Softmax(call.Canvas, input)];
    }
}
