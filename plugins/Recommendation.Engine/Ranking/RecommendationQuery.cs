using EdgeHost.Plugins.Recommendation.Engine.Data;

namespace EdgeHost.Plugins.Recommendation.Engine.Ranking;

/// <summary>What list is wanted. Items are numbers of the recommender's catalogue.</summary>
public sealed record RecommendationQuery
{
    /// <summary>The length of the list, 1 to 10,000; it is shorter where there are fewer items.</summary>
    public int Count { get; init; } = 10;

    /// <summary>Whether items of the history are left out; only where no candidates are given.</summary>
    public bool ExcludeSeen { get; init; } = true;

    /// <summary>The only items that may be on the list, for example of a filter (<see cref="AttributeIndex"/>); null for all.</summary>
    public ItemSet? Allowed { get; init; }

    /// <summary>The items to rank, as many as the list then has; null for the whole catalogue. Seen ones stay in.</summary>
    public IReadOnlyList<int>? Candidates { get; init; }

    /// <summary>From 0, the best scores, to 1, the most different items: maximal marginal relevance.</summary>
    public double Diversity { get; init; }

    /// <summary>How many items may share a value of an attribute.</summary>
    public IReadOnlyList<AttributeCap> Caps { get; init; } = [];

    /// <summary>How the list may depart from what is best to know; null for not at all.</summary>
    public ExplorationOptions? Exploration { get; init; }

    /// <summary>The parts of each score that are returned, the largest first; 0 for none.</summary>
    public int Reasons { get; init; } = 3;
}
