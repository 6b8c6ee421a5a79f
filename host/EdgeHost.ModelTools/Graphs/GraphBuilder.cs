using System.Globalization;

namespace EdgeHost.ModelTools.Graphs;

/// <summary>
/// Builds a graph node by node. Gives names, shares equal constants, and names nodes after the part of the network (<see cref="Scope"/>)
/// they belong to, so that an error of the engine says where it was. Shapes are what the caller says. Not thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    /// <summary>The version of the file format that is written.</summary>
    public const int IrVersion = 8;

    /// <summary>The version of ONNX's operators that is written.</summary>
    public const int OperatorSet = 18;

    private readonly GraphProto _graph = new() { Name = "graph" };
    private readonly Dictionary<string, GraphValue> _constants = [];
    private readonly Dictionary<string, string> _renamed = [];
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _made = [];
    private int _next;

    /// <summary>What the nodes that follow belong to, for example a layer's name; empty for none.</summary>
    public string Scope { get; set; } = string.Empty;

    /// <summary>How many nodes there are so far.</summary>
    public int NodeCount => _graph.Nodes.Count;

    /// <summary>Elements of all outputs of nodes so far, where their shapes are known: what the graph needs of memory if it keeps everything.</summary>
    public long ElementCount { get; private set; }

    /// <summary>Adds an input.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.AlreadyExists"/>: the name is taken.</exception>
    public GraphValue Input(string name, ElementType type, TensorShape shape)
    {
        Take(name);
        _graph.Inputs.Add(ValueInfoProto.Of(name, type, shape));
        return new GraphValue(name, type, shape);
    }

    /// <summary>Adds a constant of a name.</summary>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.AlreadyExists"/>: the name is taken; <see cref="ErrorCode.InvalidArgument"/>: another number of values than the shape has.
    /// </exception>
    public GraphValue Initializer<T>(string name, TensorShape shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Take(name);
        _graph.Initializers.Add(TensorProto.Of(name, shape, values));
        return new GraphValue(name, ElementTypes.Of<T>(), shape);
    }

    /// <summary>A scalar constant; the same one for the same value.</summary>
    public GraphValue Constant(float value)
        => Shared(KeyOf(value), key => Initializer(key, new TensorShape(), [value]));

    /// <summary>Whether a value is the scalar constant of that number.</summary>
    public bool IsConstant(GraphValue value, float number) => _constants.GetValueOrDefault(KeyOf(number)) == value;

    /// <summary>A constant vector of whole numbers, as operators want for axes and shapes; the same one for the same values.</summary>
    public GraphValue Constant(params ReadOnlySpan<long> values)
    {
        var copy = values.ToArray();
        return Shared($"i_{string.Join('_', copy)}".Replace('-', 'm'), key => Initializer<long>(key, new TensorShape(copy.Length), copy));
    }

    /// <summary>A constant that is made once for a key.</summary>
    public GraphValue Shared(string key, Func<string, GraphValue> make)
    {
        if (!_constants.TryGetValue(key, out var value)) _constants[key] = value = make($"const_{key}");
        return value;
    }

    /// <summary>Adds a node of one output.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="shape">The output's shape.</param>
    /// <param name="inputs">What it reads; null leaves an optional one out.</param>
    /// <param name="type">The output's element type; null for that of the first input.</param>
    /// <param name="attributes">What is fixed of the operator.</param>
    public GraphValue Node(string operation, TensorShape shape, ReadOnlySpan<GraphValue?> inputs, ElementType? type = null, params ReadOnlySpan<AttributeProto> attributes)
        => Node(operation, [shape], inputs, type, attributes)[0];

    /// <summary>Adds a node of several outputs of one type.</summary>
    /// <param name="operation">The operator.</param>
    /// <param name="shapes">The outputs' shapes.</param>
    /// <param name="inputs">What it reads; null leaves an optional one out.</param>
    /// <param name="type">The outputs' element type; null for that of the first input.</param>
    /// <param name="attributes">What is fixed of the operator.</param>
    public GraphValue[] Node(string operation, ReadOnlySpan<TensorShape> shapes, ReadOnlySpan<GraphValue?> inputs, ElementType? type = null, params ReadOnlySpan<AttributeProto> attributes)
    {
        var number = _next++;
        foreach (var shape in shapes) ElementCount = checked(ElementCount + (shape.IsDynamic ? 0 : shape.ElementCount));
        var node = new NodeProto { Operator = operation, Name = Scope.Length == 0 ? $"{operation}_{number}" : $"{Scope}/{operation}_{number}" };
        foreach (var input in inputs) node.Inputs.Add(input?.Name ?? string.Empty);
        foreach (var attribute in attributes) node.Attributes.Add(attribute);
        var outputs = new GraphValue[shapes.Length];
        for (var i = 0; i < outputs.Length; i++)
        {
            outputs[i] = new GraphValue(shapes.Length == 1 ? $"v{number}" : $"v{number}_{i}", type ?? inputs[0]!.Type, shapes[i]);
            Take(outputs[i].Name);
            _made.Add(outputs[i].Name);
            node.Outputs.Add(outputs[i].Name);
        }

        _graph.Nodes.Add(node);
        return outputs;
    }

    /// <summary>Makes a value an output under a name. What made it writes the output itself: no copy.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.AlreadyExists"/>: the name is taken.</exception>
    public void Output(GraphValue value, string name)
    {
        // An input, a constant, or what is an output already cannot be renamed.
        if (!_made.Contains(value.Name) || _renamed.ContainsKey(value.Name)) value = Node("Identity", value.Shape, [value]);
        Take(name);
        _renamed[value.Name] = name;
        _graph.Outputs.Add(ValueInfoProto.Of(name, value.Type, value.Shape));
    }

    /// <summary>The model. The builder is used up: nothing may be added after it.</summary>
    /// <param name="producer">The program that wrote it.</param>
    public ModelProto Build(string producer = "edgehost")
    {
        foreach (var node in _graph.Nodes)
        {
            Rename(node.Inputs);
            Rename(node.Outputs);
        }

        _renamed.Clear();
        return new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = producer,
            Graph = _graph,
            OperatorSets = { new OperatorSetProto { Version = OperatorSet } },
        };
    }

    private static string KeyOf(float value) => $"f{BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture)}";

    private void Rename(IList<string> names)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (_renamed.TryGetValue(names[i], out var name)) names[i] = name;
        }
    }

    private void Take(string name)
    {
        if (!_taken.Add(name)) throw new EdgeHostException(ErrorCode.AlreadyExists, $"The graph has a value '{name}' already; give this one another name.");
    }
}
