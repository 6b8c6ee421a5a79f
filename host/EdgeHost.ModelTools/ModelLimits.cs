namespace EdgeHost.ModelTools;

/// <summary>
/// What a model may have at most to be read. Reading never allocates for a length that the input does not hold; these bound what many small
/// parts may cost (a few hundred bytes each). Immutable.
/// </summary>
public sealed record ModelLimits
{
    /// <summary>Nodes, tensors, attributes and other parts together. Default 2,000,000; at least 1.</summary>
    public int MostMessages { get; init; } = 2_000_000;

    /// <summary>How deep parts may lie in each other; a graph inside of a node takes three. Default 64; at least 1.</summary>
    public int MostDepth { get; init; } = 64;

    /// <summary>The defaults.</summary>
    public static ModelLimits Default { get; } = new();
}
