using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Training.Networks;

/// <summary>
/// Builds a network as a graph of any form: layers and operators are methods that take values and give values. Each operator knows its
/// gradient, so whatever is built can be trained. Layers have names, which parameters and errors carry; two layers of one name and
/// shape are one layer. Not thread-safe.
/// </summary>
public sealed class NetworkBuilder
{
    private readonly NetworkMode _mode;
    private readonly Func<ParameterInfo, ReadOnlyMemory<float>>? _values;
    private readonly Dictionary<string, (ParameterInfo Info, GraphValue Value)> _parameters = [];
    private readonly Dictionary<string, (BatchInput Info, GraphValue Value)> _inputs = [];
    private readonly List<DropoutSite> _dropouts = [];

    internal NetworkBuilder(NetworkMode mode, long batch, Func<ParameterInfo, ReadOnlyMemory<float>>? values = null)
    {
        _mode = mode;
        _values = values;
        Batch = batch;
        Tape = new Tape(Graph);
    }

    /// <summary>Examples of a batch; -1 where it is open, as in a model that is exported.</summary>
    public long Batch { get; }

    /// <summary>Whether this graph is for training: dropout works.</summary>
    public bool IsTraining => _mode == NetworkMode.Train;

    internal GraphBuilder Graph { get; } = new();

    internal Tape Tape { get; }

    internal IReadOnlyCollection<ParameterInfo> Parameters => [.. _parameters.Values.Select(parameter => parameter.Info)];

    internal IReadOnlyCollection<BatchInput> Inputs => [.. _inputs.Values.Select(input => input.Info)];

    internal IReadOnlyList<DropoutSite> Dropouts => _dropouts;

    /// <summary>Adds an input, or gives the one of that name.</summary>
    /// <param name="name">Its name, by which data is given.</param>
    /// <param name="type"><see cref="ElementType.Float32"/> or, for ids and labels, <see cref="ElementType.Int64"/>.</param>
    /// <param name="shape">The shape of one example; none for a number an example. The batch is put before it.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: another type, or there is an input of that name with another shape.</exception>
    public GraphValue Input(string name, ElementType type, params ReadOnlySpan<long> shape)
    {
        if (type is not (ElementType.Float32 or ElementType.Int64)) throw Wrong($"cannot take an input '{name}' of {type}; use Float32 or Int64");
        var info = new BatchInput(name, type, new TensorShape([Batch, .. shape]));
        if (_inputs.TryGetValue(name, out var known))
        {
            return known.Info == info ? known.Value : throw Wrong($"wants '{name}' as {type} {info.Shape}, which is an input of {known.Info.Type} {known.Info.Shape} already");
        }

        var value = Graph.Input(name, type, info.Shape);
        _inputs.Add(name, (info, value));
        return value;
    }

    /// <summary>Begins a layer: what is built until the result is disposed belongs to it. Layers may lie in each other.</summary>
    /// <param name="name">Its name, unique among its neighbours unless the same layer is meant.</param>
    public LayerScope Layer(string name)
    {
        var outer = Graph.Scope;
        Graph.Scope = outer.Length == 0 ? name : $"{outer}/{name}";
        return new LayerScope(Graph, outer);
    }

    /// <summary>Adds a parameter of the layer that is being built, or gives the one of that name.</summary>
    /// <param name="name">Its name inside of the layer.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initialisation">What its first values are drawn from.</param>
    /// <param name="decays">Whether L2 and weight decay act on it.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: there is one of that name with another shape.</exception>
    public GraphValue Parameter(string name, TensorShape shape, Initialisation initialisation, bool decays = true)
    {
        var path = Graph.Scope.Length == 0 ? name : $"{Graph.Scope}/{name}";
        if (shape.IsDynamic || shape.ElementCount == 0) throw Wrong($"cannot have a parameter '{name}' of {shape}; every dimension must be known and at least 1");
        if (_parameters.TryGetValue(path, out var known))
        {
            return known.Info.Shape == shape ? known.Value : throw Wrong($"wants its parameter '{name}' as {shape}, which another layer of this name has as {known.Info.Shape}");
        }

        var info = new ParameterInfo(path, shape, initialisation, decays);
        var value = _values is null ? Graph.Input(path, ElementType.Float32, shape) : Graph.Initializer(path, shape, _values(info).Span);
        if (IsTraining) Tape.Track(value);
        _parameters.Add(path, (info, value));
        return value;
    }

    internal GraphValue DropoutMask(TensorShape shape, float rate)
    {
        var site = new DropoutSite($"{Graph.Scope}/mask", shape, rate);
        var mask = Graph.Input(site.Input, ElementType.Float32, shape);
        _dropouts.Add(site);
        return mask;
    }

    internal GraphValue Value(ParameterInfo parameter) => _parameters[parameter.Name].Value;

    /// <summary>An error that names the layer.</summary>
    internal EdgeHostException Wrong(string problem)
        => new(ErrorCode.InvalidArgument, $"The {(Graph.Scope.Length == 0 ? "network" : $"layer '{Graph.Scope}'")} {problem}.");
}
