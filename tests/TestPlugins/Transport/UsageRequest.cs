using EdgeHost.Serialization;

namespace TestPlugins.Transport;

/// <summary>Nothing to say.</summary>
[WireMessage]
public sealed partial class UsageRequest;
