using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Models;

/// <summary>What unpinning did.</summary>
[WireMessage]
public sealed partial class UnpinModelResponse
{
    /// <summary>Whether there was such a pin of this app.</summary>
    public required bool WasPinned { get; init; }

    /// <summary>Others that pin the model still.</summary>
    public IReadOnlyList<string> PinnedBy { get; init; } = [];
}
