using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>One device or model that was looked at.</summary>
[WireMessage]
public sealed partial class HealthFindingEntry
{
    /// <summary>A device's id, or a model as id@version on device.</summary>
    public required string Subject { get; init; }

    /// <summary>How it is.</summary>
    public required HealthStatus Status { get; init; }

    /// <summary>What was found, with figures.</summary>
    public required string Text { get; init; }
}
