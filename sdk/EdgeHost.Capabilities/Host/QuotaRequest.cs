using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>Asks what is left of the calling app's limits.</summary>
[WireMessage]
public sealed partial class QuotaRequest;
