using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Optimisers;

/// <summary><see cref="Adam"/> whose parameters also shrink by rate · weight decay in each step (Loshchilov and Hutter, 2019). Immutable and thread-safe.</summary>
public sealed record AdamW : Adam
{
    /// <summary>How fast weights shrink. Default 0.01; at least 0. Biases and gains do not.</summary>
    public float WeightDecay { get; init; } = 0.01f;

    internal override bool Decays => base.Decays || WeightDecay > 0;

    internal override IReadOnlyList<string> Scalars => ["rate", "keep"];

    internal override void SetScalars(Span<float> target, float rate, long step)
    {
        base.SetScalars(target, rate, step);
        target[1] = 1 - (rate * WeightDecay);
    }

    internal override void Validate()
    {
        base.Validate();
        Require(WeightDecay >= 0 && float.IsFinite(WeightDecay), nameof(WeightDecay), WeightDecay, "at least 0");
    }

    private protected override GraphValue Kept(NetworkBuilder net, GraphValue parameters, IReadOnlyList<GraphValue> scalars, bool decays)
        => decays ? net.Graph.Node("Mul", parameters.Shape, [parameters, scalars[1]]) : parameters;
}
