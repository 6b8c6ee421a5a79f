using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>Asks how the host is.</summary>
[WireMessage]
public sealed partial class HealthRequest;
