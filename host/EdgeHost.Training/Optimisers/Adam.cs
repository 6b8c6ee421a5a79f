using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Optimisers;

/// <summary>
/// Adam (Kingma and Ba, 2015) in the form at the end of their section 2: m = β1·m + (1 - β1)·g, v = β2·v + (1 - β2)·g²,
/// p = p - rate·√(1 - β2^t) ÷ (1 - β1^t) · m ÷ (√v + ε). What is kept is m ÷ (1 - β1) and v ÷ (1 - β2), which saves two passes over all
/// parameters. Immutable and thread-safe.
/// </summary>
public record Adam : Optimiser
{
    /// <summary>β1: how much of the mean gradient is kept. Default 0.9; 0 to below 1.</summary>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>β2: how much of the mean square is kept. Default 0.999; 0 to below 1.</summary>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>ε: keeps small gradients from large steps. Default 1e-7; above 0.</summary>
    public float Epsilon { get; init; } = 1e-7f;

    internal override int Slots => 2;

    internal override IReadOnlyList<string> Scalars => ["rate"];

    internal override void SetScalars(Span<float> target, float rate, long step)
    {
        var corrected = rate * Math.Sqrt(1 - Math.Pow(Beta2, step)) / (1 - Math.Pow(Beta1, step));
        target[0] = (float)(corrected * (1.0 - Beta1) / Math.Sqrt(1.0 - Beta2));
    }

    internal override Update Apply(NetworkBuilder net, Update current, GraphValue gradient, IReadOnlyList<GraphValue> scalars, bool decays)
    {
        var (graph, shape) = (net.Graph, gradient.Shape);
        gradient = WithL2(net, current.Parameters, gradient, decays);
        var mean = graph.Node("Add", shape, [Times(net, Beta1, current.Slots[0]), gradient]);
        var square = graph.Node("Mul", shape, [gradient, gradient]);
        var spread = graph.Node("Add", shape, [Times(net, Beta2, current.Slots[1]), square]);
        var root = graph.Node("Add", shape, [graph.Node("Sqrt", shape, [spread]), graph.Constant((float)(Epsilon / Math.Sqrt(1.0 - Beta2)))]);
        var change = graph.Node("Mul", shape, [graph.Node("Div", shape, [mean, root]), scalars[0]]);
        return new Update(graph.Node("Sub", shape, [Kept(net, current.Parameters, scalars, decays), change]), [mean, spread]);
    }

    internal override void Validate()
    {
        base.Validate();
        Require(Beta1 is >= 0 and < 1, nameof(Beta1), Beta1, "0 to below 1");
        Require(Beta2 is >= 0 and < 1, nameof(Beta2), Beta2, "0 to below 1");
        Require(Epsilon > 0 && float.IsFinite(Epsilon), nameof(Epsilon), Epsilon, "above 0");
    }

    private protected virtual GraphValue Kept(NetworkBuilder net, GraphValue parameters, IReadOnlyList<GraphValue> scalars, bool decays) => parameters;
}
