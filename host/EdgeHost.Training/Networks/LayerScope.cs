using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Training.Networks;

/// <summary>A layer that is being built; disposing it ends it.</summary>
public readonly struct LayerScope : IDisposable, IEquatable<LayerScope>
{
    private readonly GraphBuilder _graph;
    private readonly string _outer;

    internal LayerScope(GraphBuilder graph, string outer) => (_graph, _outer) = (graph, outer);

    /// <summary>Whether two are the same layer.</summary>
    public static bool operator ==(LayerScope left, LayerScope right) => left.Equals(right);

    /// <summary>Whether two are different layers.</summary>
    public static bool operator !=(LayerScope left, LayerScope right) => !left.Equals(right);

    /// <inheritdoc/>
    public void Dispose() => _graph.Scope = _outer;

    /// <inheritdoc/>
    public bool Equals(LayerScope other) => ReferenceEquals(_graph, other._graph) && _outer == other._outer;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LayerScope other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_graph, _outer);
}
