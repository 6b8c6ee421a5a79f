using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;

namespace EdgeHost.ModelImport.TensorFlowJs.Operators;

/// <summary>Operators of one input that look at each element alone.</summary>
internal static class ElementMappers
{
    private static readonly string[] SameName =
        ["Abs", "Ceil", "Cos", "Elu", "Erf", "Exp", "Floor", "Log", "Neg", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Sqrt", "Tanh"];

    public static IEnumerable<KeyValuePair<string, TfjsMapper>> Table =>
    [
        .. SameName.Select(name => KeyValuePair.Create<string, TfjsMapper>(name, call => [Elementwise.Unary(call.Canvas, name, call[0])])),
        new("Identity", call => [call[0]]),
        new("StopGradient", call => [call[0]]),
        new("Snapshot", call => [call[0]]),
        new("Relu6", call => [Elementwise.Clip(call.Canvas, call[0], 0, 6)]),
        new("LeakyRelu", call => [Leaky(call.Canvas, call[0], call.Float("alpha", 0.2f))]),
        new("Square", call => [Elementwise.Binary(call.Canvas, "Mul", call[0], call[0])]),
        new("Rsqrt", call => [Elementwise.Unary(call.Canvas, "Reciprocal", Elementwise.Unary(call.Canvas, "Sqrt", call[0]))]),
        new("LogicalNot", call => [Elementwise.Unary(call.Canvas, "Not", call[0])]),
        new("Cast", call => [Elementwise.Cast(call.Canvas, call[0], call.Type("DstT"))]),
        new("Softmax", call => [Reduction.Softmax(call.Canvas, call[0])]),
        new("LogSoftmax", call => [Reduction.Softmax(call.Canvas, call[0], "LogSoftmax")]),
        new("Prelu", call => [Prelu(call.Canvas, call[0], call.Constant(1))]),
    ];

    /// <summary>What stands behind an operator within the same node.</summary>
    /// <param name="call">The node.</param>
    /// <param name="value">What the operator made.</param>
    /// <param name="activations">The names of what follows.</param>
    /// <param name="next">The first input that they may read.</param>
    public static Value Fused(TfjsCall call, Value value, IEnumerable<string> activations, int next)
    {
        foreach (var activation in activations)
        {
            value = activation switch
            {
                "Relu" or "Elu" or "Sigmoid" or "Tanh" => Elementwise.Unary(call.Canvas, activation, value),
                "Relu6" => Elementwise.Clip(call.Canvas, value, 0, 6),
                "LeakyRelu" => Leaky(call.Canvas, value, call.Float("leakyrelu_alpha", 0.2f)),
                "Prelu" => Prelu(call.Canvas, value, call.Constant(next++)),
                _ => throw ImportProblem.Unknown($"the activation '{ImportProblem.Name(activation)}' is not known"),
            };
        }

        return value;
    }

    private static Value Leaky(Canvas canvas, Value value, float slope) => Elementwise.Unary(canvas, "LeakyRelu", value, AttributeProto.Of("alpha", slope));

    // The slope of each channel is stretched over its picture.
    private static Value Prelu(Canvas canvas, Value value, ConstantTensor slope)
    {
        if (value.Rank != 4) return Canvas.InPlain(canvas.Builder.Node("PRelu", value.Shape, [canvas.Plain(value), canvas.Write(slope)]));
        var first = canvas.ChannelsFirst(value);
        if (slope.Shape.Rank > 4) throw ImportProblem.Damaged($"a slope of {slope.Shape} does not fit {value.Shape}");
        var stretched = Elementwise.Stretched(slope);
        if (stretched.Shape.Rank == 4) stretched = stretched.Reshape(new TensorShape(stretched.Shape.Dimensions[1..]));
        return Canvas.InChannelsFirst(canvas.Builder.Node("PRelu", first.Shape, [first, canvas.Write(stretched)]));
    }
}
