namespace EdgeHost.ModelTools.Graphs;

/// <summary>A tensor in a graph that is being built. Immutable and thread-safe.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="Type">Its elements.</param>
/// <param name="Shape">Its shape; -1 for a dimension that is open until the graph runs.</param>
public sealed record GraphValue(string Name, ElementType Type, TensorShape Shape)
{
    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Rank;
}
