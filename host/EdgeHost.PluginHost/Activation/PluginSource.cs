using EdgeHost.PluginHost.Discovery;
using EdgeHost.PluginHost.Manifests;

namespace EdgeHost.PluginHost.Activation;

/// <summary>One version of a plugin's files. Immutable.</summary>
/// <param name="Folder">Where it was installed.</param>
/// <param name="IsImmutable">Whether it may be loaded in place.</param>
/// <param name="Stamp">What the folder looked like when it was accepted.</param>
/// <param name="Manifest">Its checked manifest.</param>
internal sealed record PluginSource(string Folder, bool IsImmutable, FolderStamp Stamp, PluginManifest Manifest);
