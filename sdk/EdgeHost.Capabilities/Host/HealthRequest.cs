using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>Asks how the host is.</summary>
[WireMessage]
public sealed partial class HealthRequest
{
    /// <summary>Whether to run a tiny inference on each usable device and resident model; otherwise the host only looks at what is under way.</summary>
    public bool Probe { get; init; }
}
