namespace EdgeHost.Plugins.Recommendation.Engine.Evaluation;

/// <summary>
/// How good lists were, averaged over users. Binary relevance; each user's items of the training part are never listed.
/// </summary>
public sealed record RankingMetrics
{
    /// <summary>How many users were asked for.</summary>
    public required int Users { get; init; }

    /// <summary>The length of the lists, k.</summary>
    public required int Count { get; init; }

    /// <summary>Discounted gain by 1 / log2(place + 1), over that of the ideal list of min(k, relevant) hits.</summary>
    public required double NDcg { get; init; }

    /// <summary>Mean of precision at each hit, summed over the list and divided by the number of relevant items.</summary>
    public required double Map { get; init; }

    /// <summary>Hits over k.</summary>
    public required double Precision { get; init; }

    /// <summary>Hits over relevant items.</summary>
    public required double Recall { get; init; }

    /// <summary>The share of users with a hit.</summary>
    public required double HitRate { get; init; }

    /// <summary>The share of the catalogue that was on some list.</summary>
    public required double Coverage { get; init; }

    /// <summary>Mean of -log2 of the share of users that met a listed item; items that nobody met count as met by one.</summary>
    public required double Novelty { get; init; }

    /// <summary>Mean of 1 - similarity over the pairs of a list, where two items are compared by the cosine of their users; two items that share nobody differ wholly.</summary>
    public required double Diversity { get; init; }
}
