using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>Builds the models anew from everything that is recorded, and answers when they serve.</summary>
[WireMessage]
public sealed partial class BuildRequest
{
    /// <summary>The catalogue: 1 to 64 of <c>a-z 0-9 _ -</c>. It is the calling app's own.</summary>
    [WireField(MaxLength = 64)]
    public required string Catalog { get; init; }

    /// <summary>Whether models that are worse than those that serve, by their own evaluations, are put aside; false if absent. Builds in the background always do so.</summary>
    public bool? Gate { get; init; }
}
