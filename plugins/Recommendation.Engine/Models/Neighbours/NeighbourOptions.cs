using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Models.Neighbours;

/// <summary>How the neighbours of items are found.</summary>
public sealed record NeighbourOptions
{
    /// <summary>How items are compared.</summary>
    public Similarity Similarity { get; init; } = Similarity.Cosine;

    /// <summary>Added below the fraction: what one or two shared users prove is little.</summary>
    public double Shrinkage { get; init; } = 10;

    /// <summary>The most neighbours that an item keeps.</summary>
    public int Neighbours { get; init; } = 200;

    /// <summary>The most entries of the whole matrix, 8 bytes each; in large catalogues items keep fewer neighbours for it, but not less than 10.</summary>
    public int MaxEntries { get; init; } = 20_000_000;

    /// <summary>The newest items of a user that count; bounds the work of users who met everything.</summary>
    public int MaxItemsOfUser { get; init; } = 1000;

    /// <summary>The most users of an item that are looked at; beyond, evenly spread ones.</summary>
    public int MaxUsersOfItem { get; init; } = 5000;

    /// <summary>How a user's events fade.</summary>
    public HistoryDecay Decay { get; init; } = HistoryDecay.None;
}
