using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Training.Networks;

/// <summary>The gradients found so far on the way back. A value used several times gets the sum.</summary>
internal sealed class Gradients(Tape tape, GraphBuilder graph)
{
    private readonly Dictionary<string, GraphValue> _found = [];

    public GraphValue? Of(GraphValue value) => _found.GetValueOrDefault(value.Name);

    public void Begin(GraphValue loss) => _found[loss.Name] = graph.Constant(1f);

    /// <summary>Adds to a value's gradient. The function builds its nodes, and is called only where the gradient is wanted.</summary>
    public void Add(GraphValue value, Func<GraphValue> gradient)
    {
        if (!tape.IsTracked(value)) return;
        var one = gradient();
        if (one.Shape != value.Shape)
        {
            throw new InvalidOperationException($"The gradient of {value.Name} {value.Shape} in '{graph.Scope}' came out as {one.Shape}.");
        }

        _found[value.Name] = _found.TryGetValue(value.Name, out var sum) ? graph.Node("Add", value.Shape, [sum, one]) : one;
    }
}
