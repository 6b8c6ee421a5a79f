using EdgeHost.PluginHost.Activation;

namespace EdgeHost.PluginHost.Registry;

/// <summary>Why what a folder holds is not used. Immutable.</summary>
/// <param name="Status">The state it has for that.</param>
/// <param name="Id">The plugin it says it is, if it says so.</param>
/// <param name="Version">The version it says it has, if it says so.</param>
internal sealed record Rejection(PluginStatus Status, string? Id, string? Version);
