using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>What was decided about versions.</summary>
[WireMessage]
public sealed partial class ModelHistoryResponse
{
    /// <summary>The decisions, the newest first.</summary>
    public required IReadOnlyList<ModelHistoryEntry> Events { get; init; }
}
