using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>What the host decided lately.</summary>
[WireMessage]
public sealed partial class ExplainResponse
{
    /// <summary>The newest first; empty where nothing was decided or it is too long ago.</summary>
    public IReadOnlyList<DecisionEntry> Decisions { get; init; } = [];
}
