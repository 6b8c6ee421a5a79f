using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Recommendation;

/// <summary>What was recorded. When the call fails, nothing of it was.</summary>
[WireMessage]
public sealed partial class RecordResponse
{
    /// <summary>How many events were new.</summary>
    public required int Accepted { get; init; }

    /// <summary>How many were there already, and were left out.</summary>
    public required int Duplicates { get; init; }
}
