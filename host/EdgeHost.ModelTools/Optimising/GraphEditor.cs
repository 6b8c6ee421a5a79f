namespace EdgeHost.ModelTools.Optimising;

/// <summary>
/// What rewriting needs to know of a graph: its constants, who reads what, which names are taken. Sees reads of graphs inside of nodes, and never changes those. Built
/// once; kept true by its own methods only. Not thread-safe.
/// </summary>
internal sealed class GraphEditor
{
    /// <summary>Operators of ONNX Runtime that are not ONNX's.</summary>
    public const string ContributedDomain = "com.microsoft";

    private readonly Dictionary<string, TensorProto> _constants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<NodeProto>> _readers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _inner = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly ModelProto _model;

    public GraphEditor(ModelProto model)
    {
        _model = model;
        Graph = model.Graph ?? throw new EdgeHostException(ErrorCode.InvalidArgument, "The model has no graph.");
        foreach (var constant in Graph.Initializers)
        {
            _constants[constant.Name] = constant;
            _names.Add(constant.Name);
        }

        foreach (var input in Graph.Inputs) _names.Add(input.Name);
        foreach (var node in Graph.Nodes)
        {
            foreach (var output in node.Outputs) _names.Add(output);
            foreach (var input in node.Inputs.Distinct(StringComparer.Ordinal)) ReadersOf(input).Add(node);
            foreach (var attribute in node.Attributes) AddInner(attribute.GraphValue);
        }

        // Constants of old models are inputs too, and can be replaced by the caller: those are no constants.
        OutputNames = Graph.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal);
    }

    public GraphProto Graph { get; }

    public HashSet<string> OutputNames { get; }

    /// <summary>The version of ONNX's operators.</summary>
    public long OperatorSet => _model.OperatorSets.FirstOrDefault(set => set.Domain is "" or "ai.onnx")?.Version ?? 1;

    /// <summary>The constant of that name, or null.</summary>
    public TensorProto? Constant(string name) => _constants.GetValueOrDefault(name);

    /// <summary>The nodes that read a value, those inside of other nodes' graphs left out.</summary>
    public IReadOnlyList<NodeProto> Readers(string name) => _readers.GetValueOrDefault(name) ?? [];

    /// <summary>Whether a value is an output, or is read inside of a node's graph.</summary>
    public bool IsNeededByName(string name) => OutputNames.Contains(name) || _inner.Contains(name);

    /// <summary>A name that is free, made of a given one.</summary>
    public string FreeName(string wish)
    {
        var name = wish;
        for (var i = 2; !_names.Add(name); i++) name = $"{wish}_{i}";
        return name;
    }

    /// <summary>Adds a constant.</summary>
    public string AddConstant<T>(string wish, TensorShape shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var tensor = TensorProto.Of(FreeName(wish), shape, values);
        _constants[tensor.Name] = tensor;
        Graph.Initializers.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Adds a constant of 16-bit floats.</summary>
    public string AddHalfConstant(string wish, TensorProto like, ReadOnlySpan<float> values)
    {
        var bytes = new byte[values.Length * 2];
        for (var i = 0; i < values.Length; i++) BitConverter.TryWriteBytes(bytes.AsSpan(i * 2), (Half)values[i]);
        var tensor = new TensorProto { Name = FreeName(wish), Type = ElementType.Float16, RawData = bytes };
        foreach (var dimension in like.Dimensions) tensor.Dimensions.Add(dimension);
        _constants[tensor.Name] = tensor;
        Graph.Initializers.Add(tensor);
        return tensor.Name;
    }

    /// <summary>Takes a constant out, so that a node can make the value in its place.</summary>
    public void RemoveConstant(string name)
    {
        Graph.Initializers.Remove(_constants[name]);
        _constants.Remove(name);
        if (Graph.Inputs.FirstOrDefault(input => input.Name == name) is { } declared) Graph.Inputs.Remove(declared);
    }

    /// <summary>Puts nodes before all others.</summary>
    public void InsertFirst(IEnumerable<NodeProto> nodes)
    {
        var at = 0;
        foreach (var node in nodes) Graph.Nodes.Insert(at++, node);
    }

    /// <summary>Lets the model use the operators of ONNX Runtime.</summary>
    public void UseContributedOperators()
    {
        if (_model.OperatorSets.All(set => set.Domain != ContributedDomain)) _model.OperatorSets.Add(new OperatorSetProto { Domain = ContributedDomain, Version = 1 });
    }

    private List<NodeProto> ReadersOf(string name)
    {
        if (!_readers.TryGetValue(name, out var readers)) _readers[name] = readers = [];
        return readers;
    }

    private void AddInner(GraphProto? graph)
    {
        if (graph is null) return;
        foreach (var output in graph.Outputs) _inner.Add(output.Name);
        foreach (var node in graph.Nodes)
        {
            foreach (var input in node.Inputs) _inner.Add(input);
            foreach (var attribute in node.Attributes) AddInner(attribute.GraphValue);
        }
    }
}
