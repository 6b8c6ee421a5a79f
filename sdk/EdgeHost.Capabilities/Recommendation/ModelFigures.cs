using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>How good the lists of one kind of model are, averaged over users; items of the training part are never listed.</summary>
[WireMessage]
public sealed partial class ModelFigures
{
    /// <summary>The kind: <c>popularity</c>, <c>item_to_item</c>, <c>linear</c>, <c>factors</c>, <c>pairwise</c>, <c>content</c>, <c>sequence</c>, <c>towers</c> or <c>blend</c>.</summary>
    public required string Model { get; init; }

    /// <summary>Users that were asked for.</summary>
    public required int Users { get; init; }

    /// <summary>The length of the lists.</summary>
    public required int Count { get; init; }

    /// <summary>Discounted gain over that of the ideal list.</summary>
    public required double Ndcg { get; init; }

    /// <summary>Mean average precision, over the number of relevant items.</summary>
    public required double Map { get; init; }

    /// <summary>Hits over the length of the list.</summary>
    public required double Precision { get; init; }

    /// <summary>Hits over relevant items.</summary>
    public required double Recall { get; init; }

    /// <summary>The share of users with a hit.</summary>
    public required double HitRate { get; init; }

    /// <summary>The share of the catalogue that was on some list.</summary>
    public required double Coverage { get; init; }

    /// <summary>How unknown the listed items are, in bits.</summary>
    public required double Novelty { get; init; }

    /// <summary>How different the items of a list are, 0 to 1.</summary>
    public required double Diversity { get; init; }

    /// <summary>Its weight in the blend for users with long histories; absent for one that is no part of it.</summary>
    public double? Weight { get; init; }
}
