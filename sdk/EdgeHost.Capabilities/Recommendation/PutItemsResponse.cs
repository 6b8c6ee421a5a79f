using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>What was put.</summary>
[WireMessage]
public sealed partial class PutItemsResponse
{
    /// <summary>How many items were put, replaced ones counted.</summary>
    public required int Count { get; init; }

    /// <summary>How many the catalogue has now.</summary>
    public required long Items { get; init; }

    /// <summary>What keeps texts and pictures of the catalogue from being turned into vectors, as far as it is known when the call answers, with the command that helps; absent if nothing does. The items are kept all the same.</summary>
    public IReadOnlyList<string>? ContentProblems { get; init; }
}
