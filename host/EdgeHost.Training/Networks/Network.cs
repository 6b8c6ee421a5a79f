using EdgeHost.ModelTools.Graphs;

namespace EdgeHost.Training.Networks;

/// <summary>
/// A network and what it is trained for, as two functions that build it. They are called once for each graph (step, evaluation, export) and
/// must build the same each time. Immutable; thread-safe if the functions are.
/// </summary>
public sealed class Network
{
    /// <summary>Creates a network.</summary>
    /// <param name="forward">Builds the network from its inputs to its output.</param>
    /// <param name="loss">
    /// Builds the scalar that training makes small, from the output and inputs of its own such as targets. It may build layers too:
    /// one of the same name as in the network is the same layer.
    /// </param>
    public Network(Func<NetworkBuilder, GraphValue> forward, Func<NetworkBuilder, GraphValue, GraphValue> loss)
        => (Forward, Loss) = (forward, loss);

    internal Func<NetworkBuilder, GraphValue> Forward { get; }

    internal Func<NetworkBuilder, GraphValue, GraphValue> Loss { get; }
}
