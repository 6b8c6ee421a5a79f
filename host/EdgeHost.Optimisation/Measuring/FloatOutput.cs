using System.Numerics.Tensors;
using EdgeHost.ModelTools;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace EdgeHost.Optimisation.Measuring;

/// <summary>What came out of a model. Immutable.</summary>
/// <param name="Values">The values; empty where the output is not of 32-bit floats.</param>
/// <param name="Width">Size of the last dimension; 1 for a scalar.</param>
internal readonly record struct FloatOutput(float[] Values, int Width)
{
    /// <summary>Whether rows can be read as scores of classes.</summary>
    public bool HasClasses => Width > 1 && Values.Length > 0;

    public int Rows => Values.Length / Math.Max(1, Width);

    public static FloatOutput Read(OrtValue value)
    {
        if (!value.IsTensor) return new FloatOutput([], 1);
        var info = value.GetTensorTypeAndShape();
        return info.ElementDataType == TensorElementType.Float
            ? new FloatOutput(value.GetTensorDataAsSpan<float>().ToArray(), WidthOf(info.Shape))
            : new FloatOutput([], 1);
    }

    public static FloatOutput Read(TensorProto tensor)
        => tensor.Type == ElementType.Float32 ? new FloatOutput(tensor.ToArray<float>(), WidthOf([.. tensor.Dimensions])) : new FloatOutput([], 1);

    /// <summary>The class of a row.</summary>
    public int ClassOf(int row) => TensorPrimitives.IndexOfMax(Values.AsSpan(row * Width, Width));

    private static int WidthOf(long[] shape) => shape.Length == 0 ? 1 : (int)shape[^1];
}
