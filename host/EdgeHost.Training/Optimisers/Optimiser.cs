using EdgeHost.ModelTools.Graphs;
using EdgeHost.Training.Networks;

namespace EdgeHost.Training.Optimisers;

/// <summary>How parameters follow their gradients. Immutable and thread-safe.</summary>
public abstract record Optimiser
{
    private protected Optimiser()
    {
    }

    /// <summary>How much of each parameter is added to its gradient, as if half of this times its square were part of the loss. Default 0; at least 0.</summary>
    public float L2 { get; init; }

    /// <summary>Whether some parameters are treated otherwise than others.</summary>
    internal virtual bool Decays => L2 > 0;

    /// <summary>How many values it keeps for each parameter.</summary>
    internal abstract int Slots { get; }

    /// <summary>Names of the numbers it is given with each step.</summary>
    internal abstract IReadOnlyList<string> Scalars { get; }

    /// <summary>The numbers for a step.</summary>
    /// <param name="target">As many as there are <see cref="Scalars"/>.</param>
    /// <param name="rate">The learning rate.</param>
    /// <param name="step">The step, from 1.</param>
    internal abstract void SetScalars(Span<float> target, float rate, long step);

    /// <summary>Builds the update of one group of parameters.</summary>
    internal abstract Update Apply(NetworkBuilder net, Update current, GraphValue gradient, IReadOnlyList<GraphValue> scalars, bool decays);

    /// <summary>Throws where a setting is out of its range.</summary>
    internal virtual void Validate() => Require(L2 >= 0 && float.IsFinite(L2), nameof(L2), L2, "at least 0");

    private protected static void Require(bool holds, string name, float value, string range)
    {
        if (!holds) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The optimiser's {name} is {value}; it must be {range}.");
    }

    private protected GraphValue WithL2(NetworkBuilder net, GraphValue parameters, GraphValue gradient, bool decays)
        => L2 > 0 && decays ? net.Graph.Node("Add", gradient.Shape, [gradient, Times(net, L2, parameters)]) : gradient;

    private protected static GraphValue Times(NetworkBuilder net, float factor, GraphValue value)
        => net.Graph.Node("Mul", value.Shape, [value, net.Graph.Constant(factor)]);
}
