using EdgeHost.PluginSdk;

namespace EdgeHost.Runtime.Onnx.Sessions;

/// <summary>
/// The smallest input shapes that ran without an error: what a probe may safely use. A run costs a few multiplications here and allocates only when its
/// inputs are smaller than all before. Thread-safe.
/// </summary>
internal sealed class SeenShapes
{
    private readonly TensorShape[]? _fixed;
    private readonly Lock _gate = new();
    private TensorShape[]? _smallest;
    private long _smallestElements = long.MaxValue;

    /// <summary>Starts with the graph's own shapes, if every dimension is fixed.</summary>
    public SeenShapes(IReadOnlyList<TensorDescription> inputs)
        => _fixed = inputs.Any(static input => input.Shape.IsDynamic) ? null : [.. inputs.Select(static input => input.Shape)];

    /// <summary>Shapes in the graph's order, or null where none are known.</summary>
    public TensorShape[]? Smallest
    {
        get
        {
            lock (_gate)
            {
                return _smallest ?? _fixed;
            }
        }
    }

    /// <summary>Notes the inputs of a run that succeeded.</summary>
    /// <param name="inputs">In the graph's order.</param>
    public void Add(ReadOnlySpan<ModelValue> inputs)
    {
        long elements = 0;
        foreach (var input in inputs)
        {
            elements += input.Shape.ElementCount;
        }

        // An empty run proves nothing.
        if (elements == 0 || elements >= Volatile.Read(ref _smallestElements)) return;
        lock (_gate)
        {
            if (elements >= _smallestElements) return;
            var shapes = new TensorShape[inputs.Length];
            for (var i = 0; i < shapes.Length; i++)
            {
                shapes[i] = inputs[i].Shape;
            }

            _smallest = shapes;
            Volatile.Write(ref _smallestElements, elements);
        }
    }
}
