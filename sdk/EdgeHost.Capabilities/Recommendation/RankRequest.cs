using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Puts the app's own list into the order that suits a person.</summary>
[WireMessage]
public sealed partial class RankRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>Whose list: any name of 1 to 256 characters that the app has for the person; one nobody knows gets what suits everybody.</summary>
    [WireField(MaxLength = 256)]
    public required string User { get; init; }

    /// <summary>The items, at most 10,000. Unknown ones come back apart.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    /// <summary>How many of them; all if absent.</summary>
    [WireField(Minimum = 1, Maximum = 10_000)]
    public int? Count { get; init; }

    /// <summary>What the person does at the moment.</summary>
    public ListContext? Context { get; init; }

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
