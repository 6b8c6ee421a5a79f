using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>An alert that was acknowledged.</summary>
[WireMessage]
public sealed partial class AcknowledgeAlertResponse
{
    /// <summary>The number of its first entry.</summary>
    [WireField(Minimum = 1)]
    public required long Episode { get; init; }

    /// <summary>Whether this call has done it; not where it was acknowledged before or is over.</summary>
    public required bool IsNew { get; init; }
}
