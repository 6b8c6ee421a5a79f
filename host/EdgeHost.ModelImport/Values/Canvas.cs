using EdgeHost.ModelTools;
using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.ModelImport.Values;

/// <summary>
/// The graph that is being made. Keeps of every value which layouts it has, and turns one into the other only when somebody asks for the one that is
/// missing, so that a network of convolutions has no transposition in between. Not thread-safe.
/// </summary>
internal sealed class Canvas(ConstantBudget budget)
{
    private int _constants;

    public GraphBuilder Builder { get; } = new();

    public ConstantBudget Budget => budget;

    public Value Input(string name, ElementType type, TensorShape shape) => new(type, shape) { Plain = Builder.Input(name, type, shape) };

    public static Value Constant(ConstantTensor constant) => new(constant.Type, constant.Shape) { Constant = constant };

    /// <summary>A value that stands in the graph in the source's layout.</summary>
    public static Value InPlain(GraphValue value) => new(value.Type, value.Shape) { Plain = value };

    /// <summary>A value of four dimensions that stands in the graph with its channels first.</summary>
    public static Value InChannelsFirst(GraphValue value) => new(value.Type, Layout.ChannelsLast(value.Shape)) { ChannelsFirst = value };

    /// <summary>The value in the source's layout.</summary>
    public GraphValue Plain(Value value)
    {
        if (value.Plain is { } known) return known;
        return value.Plain = value.Constant is { } constant
            ? Write(constant)
            : Builder.Node("Transpose", value.Shape, [value.ChannelsFirst], null, AttributeProto.Of("perm", Layout.ToChannelsLast));
    }

    /// <summary>The value, of four dimensions, with its channels first.</summary>
    public GraphValue ChannelsFirst(Value value)
    {
        if (value.ChannelsFirst is { } known) return known;
        if (value.Rank != 4) throw ImportProblem.Damaged($"a picture of four dimensions was expected, and {value.Shape} found");
        return value.ChannelsFirst = value.Constant is { } constant
            ? Write(constant.Permute(Layout.ToChannelsFirst))
            : Builder.Node("Transpose", Layout.ChannelsFirst(value.Shape), [value.Plain], null, AttributeProto.Of("perm", Layout.ToChannelsFirst));
    }

    /// <summary>What an operator makes that looks at each element alone: in the layout that the value has.</summary>
    public Value Each(Value value, Func<GraphValue, GraphValue> make)
        => value.ChannelsFirst is { } first ? InChannelsFirst(make(first)) : InPlain(make(Plain(value)));

    /// <summary>Writes a constant as an initialiser.</summary>
    public GraphValue Write(ConstantTensor constant)
    {
        var name = $"c{_constants++}";
        return constant.Type switch
        {
            ElementType.Float32 => Builder.Initializer<float>(name, constant.Shape, constant.Floats),
            ElementType.Int32 => Builder.Initializer<int>(name, constant.Shape, [.. constant.Integers!.Select(static value => (int)Math.Clamp(value, int.MinValue, int.MaxValue))]),
            ElementType.Int64 => Builder.Initializer<long>(name, constant.Shape, constant.Integers),
            ElementType.Bool => Builder.Initializer<bool>(name, constant.Shape, [.. constant.Integers!.Select(static value => value != 0)]),
            ElementType.UInt8 => Builder.Initializer<byte>(name, constant.Shape, [.. constant.Integers!.Select(static value => unchecked((byte)value))]),
            ElementType.Int8 => Builder.Initializer<sbyte>(name, constant.Shape, [.. constant.Integers!.Select(static value => unchecked((sbyte)value))]),
            _ => throw ImportProblem.Unknown($"it has a constant of {constant.Type}"),
        };
    }

    /// <summary>A value as 64-bit whole numbers, which is how ONNX wants shapes and indices.</summary>
    public GraphValue Indices(Value value)
        => value.Constant is { } constant ? Write(constant.Cast(ElementType.Int64))
            : value.Type == ElementType.Int64 ? Plain(value)
            : As(Plain(value), ElementType.Int64);

    /// <summary>A node that turns elements into another type.</summary>
    public GraphValue As(GraphValue value, ElementType type)
        => value.Type == type ? value : Builder.Node("Cast", value.Shape, [value], type, AttributeProto.Of("to", (long)type));
}
