using System.Buffers.Binary;
using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>Constants of a file, and 8-bit numbers that stand for floats.</summary>
internal static class TfliteConstants
{
    /// <summary>The values as they lie in the file: floats as floats, 8-bit numbers without their scale.</summary>
    public static ConstantTensor Raw(Canvas canvas, TfliteTensor tensor)
    {
        var type = TfliteTypes.Of(tensor);
        var count = tensor.Shape.IsDynamic ? throw Wrong(tensor) : tensor.Shape.ElementCount;
        canvas.Budget.Take(count, type is ElementType.Float32 or ElementType.Float16 ? sizeof(float) : sizeof(long), $"the tensor '{ImportProblem.Name(tensor.Name)}'");
        if (count * type.SizeInBytes() != tensor.Data.Length) throw Wrong(tensor);
        return type switch
        {
            ElementType.Float32 => Floats(tensor, 4, static bytes => BinaryPrimitives.ReadSingleLittleEndian(bytes)),
            ElementType.Float16 => Floats(tensor, 2, static bytes => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes)),
            ElementType.Int32 => Integers(tensor, type, 4, static bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes)),
            ElementType.Int64 => Integers(tensor, type, 8, static bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes)),
            ElementType.Int8 => Integers(tensor, type, 1, static bytes => unchecked((sbyte)bytes[0])),
            ElementType.Bool => Integers(tensor, type, 1, static bytes => bytes[0] == 0 ? 0 : 1),
            _ => Integers(tensor, type, 1, static bytes => bytes[0]),
        };
    }

    /// <summary>The floats that a constant stands for.</summary>
    public static ConstantTensor Floats(Canvas canvas, TfliteTensor tensor)
    {
        var raw = Raw(canvas, tensor);
        if (tensor.Scales.Length == 0) return raw;
        var values = raw.Cast(ElementType.Float32).Floats!.ToArray();
        var inner = 1L;
        for (var i = tensor.Axis + 1; i < tensor.Shape.Rank; i++) inner *= tensor.Shape[i];
        for (var i = 0; i < values.Length; i++)
        {
            var entry = tensor.Scales.Length == 1 ? 0 : (int)(i / inner % tensor.Scales.Length);
            values[i] = (values[i] - tensor.ZeroPoints[entry]) * tensor.Scales[entry];
        }

        return ConstantTensor.Of(values, tensor.Shape);
    }

    /// <summary>A kernel or bias in the graph: 8-bit and 32-bit numbers stay what they are, behind a node that makes floats of them.</summary>
    /// <param name="canvas">The graph.</param>
    /// <param name="tensor">The constant.</param>
    /// <param name="order">The order of its dimensions in the graph; the axis of its scales becomes the first.</param>
    public static GraphValue Kernel(Canvas canvas, TfliteTensor tensor, params long[] order)
    {
        if (tensor.Scales.Length == 0) return canvas.Write(Raw(canvas, tensor).Cast(ElementType.Float32).Permute(order));
        if (order.Length > 0 && tensor.Scales.Length > 1 && order[0] != tensor.Axis) throw ImportProblem.Unknown($"the tensor '{ImportProblem.Name(tensor.Name)}' has scales along an axis that is not its outputs'");
        var stored = canvas.Write(Raw(canvas, tensor).Permute(order));
        var isOne = tensor.Scales.Length == 1;
        var scale = isOne ? canvas.Builder.Constant(tensor.Scales[0]) : canvas.Write(ConstantTensor.Of(tensor.Scales, new TensorShape(tensor.Scales.Length)));
        var zero = stored.Type == ElementType.Int32 ? null
            : isOne ? Zero(canvas, stored.Type, tensor.ZeroPoints[0])
            : canvas.Write(ConstantTensor.Of(tensor.ZeroPoints, new TensorShape(tensor.ZeroPoints.Length), stored.Type));
        ReadOnlySpan<GraphValue?> inputs = zero is null ? [stored, scale] : [stored, scale, zero];
        return canvas.Builder.Node("DequantizeLinear", stored.Shape, inputs, ElementType.Float32, AttributeProto.Of("axis", 0L));
    }

    /// <summary>Floats of 8-bit numbers that are computed.</summary>
    public static Value Dequantise(Canvas canvas, Value value, TfliteTensor tensor)
    {
        var (scale, zero) = Parameters(canvas, tensor);
        return canvas.Each(value, input => canvas.Builder.Node("DequantizeLinear", input.Shape, [input, scale, zero], ElementType.Float32));
    }

    /// <summary>Floats rounded to what the 8-bit numbers of a tensor can say, as a pair of nodes that the engine joins with the operator before.</summary>
    public static Value Round(Canvas canvas, Value value, TfliteTensor tensor)
    {
        if (!tensor.IsQuantised || value.Type != ElementType.Float32) return value;
        var (scale, zero) = Parameters(canvas, tensor);
        return canvas.Each(value, input =>
        {
            var rounded = canvas.Builder.Node("QuantizeLinear", input.Shape, [input, scale, zero], zero.Type);
            return canvas.Builder.Node("DequantizeLinear", input.Shape, [rounded, scale, zero], ElementType.Float32);
        });
    }

    private static (GraphValue Scale, GraphValue Zero) Parameters(Canvas canvas, TfliteTensor tensor)
    {
        if (tensor.Scales.Length != 1) throw ImportProblem.Unknown($"the tensor '{ImportProblem.Name(tensor.Name)}' is computed and has {tensor.Scales.Length} scales");
        return (canvas.Builder.Constant(tensor.Scales[0]), Zero(canvas, TfliteTypes.Of(tensor), tensor.ZeroPoints[0]));
    }

    private static GraphValue Zero(Canvas canvas, ElementType type, long value)
    {
        if (value < (type == ElementType.Int8 ? sbyte.MinValue : 0) || value > (type == ElementType.Int8 ? sbyte.MaxValue : byte.MaxValue)) throw ImportProblem.Damaged($"a zero point of {value} is none of {type}");
        return canvas.Builder.Shared($"z_{type}_{value}".Replace('-', 'm'), _ => canvas.Write(ConstantTensor.Of([value], new TensorShape(), type)));
    }

    private static ConstantTensor Floats(TfliteTensor tensor, int size, Func<byte[], float> read) => ConstantTensor.Of([.. Pieces(tensor, size).Select(read)], tensor.Shape);

    private static ConstantTensor Integers(TfliteTensor tensor, ElementType type, int size, Func<byte[], long> read)
        => ConstantTensor.Of([.. Pieces(tensor, size).Select(read)], tensor.Shape, type);

    private static IEnumerable<byte[]> Pieces(TfliteTensor tensor, int size)
    {
        var piece = new byte[size];
        for (var at = 0; at < tensor.Data.Length; at += size)
        {
            tensor.Data.Span.Slice(at, size).CopyTo(piece);
            yield return piece;
        }
    }

    private static EdgeHostException Wrong(TfliteTensor tensor)
        => ImportProblem.Damaged($"the tensor '{ImportProblem.Name(tensor.Name)}' of {tensor.Shape} has {tensor.Data.Length} bytes");
}
