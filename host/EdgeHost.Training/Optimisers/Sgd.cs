using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Optimisers;

/// <summary>Stochastic gradient descent: v = momentum·v + g, p = p - rate·v. Immutable and thread-safe.</summary>
public sealed record Sgd : Optimiser
{
    /// <summary>How much of the last direction is kept. Default 0; 0 to below 1.</summary>
    public float Momentum { get; init; }

    internal override int Slots => Momentum > 0 ? 1 : 0;

    internal override IReadOnlyList<string> Scalars => ["rate"];

    internal override void SetScalars(Span<float> target, float rate, long step) => target[0] = rate;

    internal override Update Apply(NetworkBuilder net, Update current, GraphValue gradient, IReadOnlyList<GraphValue> scalars, bool decays)
    {
        var (graph, shape) = (net.Graph, gradient.Shape);
        var direction = WithL2(net, current.Parameters, gradient, decays);
        if (Momentum > 0) direction = graph.Node("Add", shape, [Times(net, Momentum, current.Slots[0]), direction]);
        var parameters = graph.Node("Sub", shape, [current.Parameters, graph.Node("Mul", shape, [direction, scalars[0]])]);
        return new Update(parameters, Momentum > 0 ? [direction] : []);
    }

    internal override void Validate()
    {
        base.Validate();
        Require(Momentum is >= 0 and < 1, nameof(Momentum), Momentum, "0 to below 1");
    }
}
