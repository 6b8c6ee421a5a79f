using EdgeHost.ModelImport.Values;

namespace EdgeHost.ModelImport.TensorFlowJs;

/// <summary>Makes the outputs of one node.</summary>
internal delegate Value[] TfjsMapper(TfjsCall call);

/// <summary>One node with what it reads, for the one who maps it. Not thread-safe.</summary>
internal sealed class TfjsCall(TfjsNode node, IReadOnlyList<Value> inputs, Canvas canvas)
{
    public TfjsNode Node => node;

    public Canvas Canvas => canvas;

    public IReadOnlyList<Value> Inputs => inputs;

    /// <summary>An input.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the node has fewer.</exception>
    public Value this[int index] => index < inputs.Count ? inputs[index] : throw ImportProblem.Damaged($"it has {inputs.Count} inputs, too few");

    /// <summary>An input whose values have to be known now.</summary>
    public ConstantTensor Constant(int index)
        => this[index].Constant ?? throw ImportProblem.Unknown($"its input {index} depends on what goes in, where only a constant can be read");

    /// <summary>The whole numbers of an input whose values have to be known now.</summary>
    public long[] Numbers(int index) => Constant(index).Cast(ElementType.Int64).Integers!;

    /// <summary>The only whole number of an input whose value has to be known now.</summary>
    public long Number(int index) => Numbers(index) is [var only] ? only : throw ImportProblem.Damaged($"its input {index} is not one number");

    public long Integer(string name, long absent) => Find(name)?.Integer ?? absent;

    public float Float(string name, float absent) => (float?)Find(name)?.Number ?? absent;

    public bool Flag(string name) => Find(name)?.Flag ?? false;

    public string Text(string name) => Find(name)?.Text ?? string.Empty;

    public long[] Integers(string name) => [.. Find(name)?.Integers ?? []];

    public IReadOnlyList<string> Texts(string name) => Find(name)?.Texts ?? [];

    public ElementType Type(string name) => Find(name)?.Type ?? throw ImportProblem.Unknown($"its attribute '{name}' is a type that is not read");

    private TfjsAttribute? Find(string name) => node.Attributes.GetValueOrDefault(name);
}
