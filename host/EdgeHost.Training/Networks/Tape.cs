using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Training.Networks;

/// <summary>
/// What was built, in order, with the rule of each operator, so that it can be gone through backwards (reverse-mode differentiation).
/// Only what depends on a parameter is on it.
/// </summary>
internal sealed class Tape(GraphBuilder graph)
{
    private readonly List<Entry> _entries = [];
    private readonly HashSet<string> _tracked = [];
    private bool _isPaused;

    /// <summary>Says that a value's gradient is wanted.</summary>
    public void Track(GraphValue value) => _tracked.Add(value.Name);

    public bool IsTracked(GraphValue value) => _tracked.Contains(value.Name);

    /// <summary>Records how outputs came from inputs; does nothing where no input depends on a parameter.</summary>
    /// <param name="outputs">The outputs.</param>
    /// <param name="inputs">The inputs that may have a gradient.</param>
    /// <param name="backward">Adds to the inputs' gradients, given those of the outputs; null for an output that nothing depends on.</param>
    public void Record(ReadOnlySpan<GraphValue> outputs, ReadOnlySpan<GraphValue> inputs, Action<Gradients, IReadOnlyList<GraphValue?>> backward)
    {
        if (_isPaused) return;
        var needed = false;
        foreach (var input in inputs) needed |= IsTracked(input);
        if (!needed) return;
        foreach (var output in outputs) Track(output);
        _entries.Add(new Entry(graph.Scope, outputs.ToArray(), backward));
    }

    /// <summary>Builds operators whose gradient is given as a whole by the caller, which is shorter or more exact than that of the parts.</summary>
    public T Pause<T>(Func<T> build)
    {
        var before = _isPaused;
        _isPaused = true;
        try
        {
            return build();
        }
        finally
        {
            _isPaused = before;
        }
    }

    /// <summary>Adds the nodes of all gradients of a scalar.</summary>
    public Gradients Differentiate(GraphValue loss)
    {
        var gradients = new Gradients(this, graph);
        gradients.Begin(loss);
        _isPaused = true;
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            var entry = _entries[i];
            var outputs = Array.ConvertAll(entry.Outputs, gradients.Of);
            if (Array.TrueForAll(outputs, gradient => gradient is null)) continue;
            graph.Scope = $"{entry.Scope}/gradient";
            entry.Backward(gradients, outputs);
        }

        graph.Scope = string.Empty;
        return gradients;
    }

    private sealed record Entry(string Scope, GraphValue[] Outputs, Action<Gradients, IReadOnlyList<GraphValue?>> Backward);
}
