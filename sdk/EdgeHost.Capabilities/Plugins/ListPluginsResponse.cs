using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Plugins;

/// <summary>The plugins that the host found.</summary>
[WireMessage]
public sealed partial class ListPluginsResponse
{
    /// <summary>The plugins, sorted by id.</summary>
    public required IReadOnlyList<PluginEntry> Plugins { get; init; }
}
