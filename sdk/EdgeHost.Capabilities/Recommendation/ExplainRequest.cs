using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Asks for all parts of the score that an item has for a person.</summary>
[WireMessage]
public sealed partial class ExplainRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>Whose list: any name of 1 to 256 characters that the app has for the person; one nobody knows gets what suits everybody.</summary>
    [WireField(MaxLength = 256)]
    public required string User { get; init; }

    /// <summary>The item.</summary>
    [WireField(MaxLength = 256)]
    public required string Item { get; init; }

    /// <summary>The language of the reasons' texts, as in <see cref="RecommendRequest.Language"/>.</summary>
    [WireField(MaxLength = 35)]
    public string? Language { get; init; }
}
