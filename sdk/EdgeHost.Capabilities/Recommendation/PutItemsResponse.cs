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
}
