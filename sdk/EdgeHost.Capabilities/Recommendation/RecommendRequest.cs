using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Asks for a list for a person.</summary>
[WireMessage]
public sealed partial class RecommendRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>Whose list: any name of 1 to 256 characters that the app has for the person; one nobody knows gets what suits everybody.</summary>
    [WireField(MaxLength = 256)]
    public required string User { get; init; }

    /// <summary>How many items; 10 if absent.</summary>
    [WireField(Minimum = 1, Maximum = 10_000)]
    public int? Count { get; init; }

    /// <summary>What the person does at the moment.</summary>
    public ListContext? Context { get; init; }

    /// <summary>Conditions by attribute; <c>tags</c> for tags. All must hold.</summary>
    public IReadOnlyDictionary<string, AttributeFilter>? Filter { get; init; }

    /// <summary>Whether items that the person met are left out; true if absent.</summary>
    public bool? ExcludeSeen { get; init; }

    /// <summary>Items that may not be on the list, at most 10,000.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>How items differ from each other: 0, the best scores, to 1, the most different items; 0 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double? Diversity { get; init; }

    /// <summary>The only items that may be on the list, at most 10,000.</summary>
    public IReadOnlyList<string>? Candidates { get; init; }

    /// <summary>How many items may share a value, by attribute; <c>tags</c> for tags.</summary>
    public IReadOnlyDictionary<string, int>? Caps { get; init; }

    /// <summary>Whether some places are given to items of which little is known (Thompson sampling). The list is then logged with its probabilities; false if absent.</summary>
    public bool? Explore { get; init; }

    /// <summary>Decides what is random when exploring: the same seed and the same state of the catalogue give the same list. If absent, each list has one of its own.</summary>
    public long? Seed { get; init; }

    /// <summary>How many reasons an item has at most; 2 if absent.</summary>
    [WireField(Minimum = 0, Maximum = 20)]
    public int? Reasons { get; init; }

    /// <summary>The language of the reasons' texts as BCP 47: English or Chinese; English if absent or another.</summary>
    [WireField(MaxLength = 35)]
    public string? Language { get; init; }
}
