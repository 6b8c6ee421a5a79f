using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Layers;

/// <summary>Operators that look at each element alone, or at two that belong together.</summary>
internal static class Elementwise
{
    /// <summary>An operator of one input that keeps type and shape.</summary>
    public static Value Unary(Canvas canvas, string operation, Value value, params AttributeProto[] attributes)
        => canvas.Each(value, input => canvas.Builder.Node(operation, input.Shape, [input], null, attributes));

    /// <summary>Values below or above two numbers become these.</summary>
    public static Value Clip(Canvas canvas, Value value, float low, float high)
        => canvas.Each(value, input => canvas.Builder.Node("Clip", input.Shape, [input, canvas.Builder.Constant(low), canvas.Builder.Constant(high)]));

    /// <summary>Another element type.</summary>
    public static Value Cast(Canvas canvas, Value value, ElementType type)
    {
        if (value.Type == type) return value;
        if (value.Constant is { } constant) return Canvas.Constant(constant.Cast(type));
        return canvas.Each(value, input => canvas.As(input, type));
    }

    /// <summary>An operator of two inputs that stretches the smaller one.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="operation">ONNX's name of it.</param>
    /// <param name="left">The first.</param>
    /// <param name="right">The second.</param>
    /// <param name="type">The elements of the result; null for those of the inputs.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the shapes or types do not fit.</exception>
    public static Value Binary(Canvas canvas, string operation, Value left, Value right, ElementType? type = null)
    {
        if (left.Type != right.Type) throw ImportProblem.Damaged($"{operation} is given {left.Type} and {right.Type}");
        if (Shapes.Broadcast(left.Shape, right.Shape) is not { } shape) throw ImportProblem.Damaged($"{operation} is given {left.Shape} and {right.Shape}");
        if (left.Constant is { } a && right.Constant is { } b && Folding.TryBinary(canvas.Budget, operation, a, b, shape) is { } folded) return Canvas.Constant(folded);
        var isFirst = shape.Rank == 4 && (left.ChannelsFirst is not null || right.ChannelsFirst is not null) && MayBeFirst(left) && MayBeFirst(right);
        if (!isFirst) return Canvas.InPlain(canvas.Builder.Node(operation, shape, [canvas.Plain(left), canvas.Plain(right)], type));
        return Canvas.InChannelsFirst(canvas.Builder.Node(operation, Layout.ChannelsFirst(shape), [First(canvas, left), First(canvas, right)], type));
    }

    /// <summary>A constant that is stretched over pictures whose channels come first: its shape is filled up with ones to four dimensions.</summary>
    public static ConstantTensor Stretched(ConstantTensor constant)
    {
        if (constant.Count == 1) return constant.Reshape(new TensorShape());
        long[] ones = [1, 1, 1, 1];
        return constant.Reshape(new TensorShape([.. ones[constant.Shape.Rank..], .. constant.Shape.Dimensions])).Permute(Layout.ToChannelsFirst);
    }

    private static bool MayBeFirst(Value value) => value.ChannelsFirst is not null || value.Rank == 4 || value.Constant is not null;

    private static GraphValue First(Canvas canvas, Value value)
        => value is { ChannelsFirst: null, Constant: { } constant } && (value.Rank < 4 || constant.Count == 1) ? canvas.Write(Stretched(constant)) : canvas.ChannelsFirst(value);
}
