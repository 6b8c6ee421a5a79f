using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Plugins;

/// <summary>Asks which plugins the host found.</summary>
[WireMessage]
public sealed partial class ListPluginsRequest;
