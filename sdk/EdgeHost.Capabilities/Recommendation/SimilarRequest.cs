using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Asks for items that go with an item.</summary>
[WireMessage]
public sealed partial class SimilarRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>The item; it is not on the list.</summary>
    [WireField(MaxLength = 256)]
    public required string Item { get; init; }

    /// <summary>How many items; 10 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 10_000)]
    public int? Count { get; init; }

    /// <summary>Whose list: items that the person met are left out.</summary>
    [WireField(MaxLength = 256)]
    public string? User { get; init; }

    /// <summary>Conditions by attribute; <c>tags</c> for tags. All must hold.</summary>
    public IReadOnlyDictionary<string, AttributeFilter>? Filter { get; init; }

    /// <summary>How items differ from each other: 0, the best scores, to 1, the most different items; 0 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? Diversity { get; init; }

    /// <summary>How many reasons an item has at most; 2 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 20)]
    public int? Reasons { get; init; }

    /// <summary>The language of the reasons' texts, as in <see cref="RecommendRequest.Language"/>.</summary>
    [WireField(MaxLength = 35)]
    public string? Language { get; init; }
}
