using EdgeHost.ModelImport.Layers;
using EdgeHost.ModelImport.Values;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.TensorFlowLite;

/// <summary>Makes the outputs of one operator, before they are rounded to 8 bits.</summary>
internal delegate Value[] TfliteMapper(TfliteCall call);

/// <summary>One operator with what it reads, for the one who maps it. Not thread-safe.</summary>
internal sealed class TfliteCall(TfliteModel model, TfliteOperator entry, Func<int, Value> find, Canvas canvas)
{
    public Canvas Canvas => canvas;

    public FlatTable Options => entry.Options;

    public int Count => entry.Inputs.Length;

    /// <summary>An input as it is in the graph; 8-bit numbers as the floats that they stand for.</summary>
    public Value this[int index] => find(IndexOf(index));

    public Value[] Inputs => [.. Enumerable.Range(0, Count).Select(index => this[index])];

    public bool Has(int index) => index < entry.Inputs.Length && entry.Inputs[index] >= 0;

    public TfliteTensor Tensor(int index) => model.Tensors[IndexOf(index)];

    /// <summary>What the file says of what is made.</summary>
    public TfliteTensor Output => entry.Outputs.Length > 0 ? model.Tensors[entry.Outputs[0]] : throw ImportProblem.Damaged("it makes nothing");

    /// <summary>The whole numbers of an input that has to be a constant.</summary>
    public long[] Numbers(int index)
        => this[index].Constant?.Cast(ElementType.Int64).Integers ?? throw ImportProblem.Unknown($"its input {index} depends on what goes in, where only a constant can be read");

    /// <summary>The only whole number of an input that has to be a constant.</summary>
    public long Number(int index) => Numbers(index) is [var only] ? only : throw ImportProblem.Damaged($"its input {index} is not one number");

    /// <summary>A constant input with its dimensions in another order.</summary>
    public GraphValue Kernel(int index, params long[] order)
    {
        var tensor = Tensor(index);
        if (tensor.Data.IsEmpty && this[index].Constant is { Floats: not null } folded) return canvas.Write(folded.Permute(order));
        if (tensor.Data.IsEmpty) throw ImportProblem.Unknown($"its input {index} depends on what goes in, where only a constant can be read");
        if (tensor.Shape.Rank != order.Length) throw ImportProblem.Damaged($"its input {index} is of {tensor.Shape}");
        return TfliteConstants.Kernel(canvas, tensor, order);
    }

    /// <summary>What stands behind an operator within the same entry; nothing where the 8-bit numbers of the result cannot say more anyway.</summary>
    /// <param name="value">What the operator made.</param>
    /// <param name="activation">As the file numbers them.</param>
    public Value Activate(Value value, byte activation)
    {
        var (low, high) = activation switch
        {
            0 or 4 => (float.NegativeInfinity, float.PositiveInfinity),
            1 => (0, float.PositiveInfinity),
            2 => (-1, 1),
            3 => (0f, 6f),
            _ => throw ImportProblem.Unknown($"the activation {activation} is not known"),
        };
        if (activation == 4) return Elementwise.Unary(canvas, "Tanh", value);
        if (activation == 0 || Says(Output, low, high)) return value;
        return activation == 1 ? Elementwise.Unary(canvas, "Relu", value) : Elementwise.Clip(canvas, value, low, high);
    }

    private static bool Says(TfliteTensor tensor, float low, float high)
    {
        if (!tensor.IsQuantised || tensor.Scales.Length != 1) return false;
        var first = tensor.Type == TfliteTypes.UInt8 ? 0 : -128;
        var (least, most) = ((first - tensor.ZeroPoints[0]) * tensor.Scales[0], (first + 255 - tensor.ZeroPoints[0]) * tensor.Scales[0]);
        return least >= low && most <= high + (tensor.Scales[0] / 2);
    }

    private int IndexOf(int index) => Has(index) ? entry.Inputs[index] : throw ImportProblem.Damaged($"its input {index} is missing");
}
