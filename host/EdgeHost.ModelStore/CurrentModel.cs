using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>What stands for a model's id: the version that resolving the id gives, else the newest that a pull would bring. Immutable.</summary>
/// <param name="Manifest">That version.</param>
/// <param name="IsInstalled">Whether it can be resolved: it is on this device and whole, or ships with its manifest. By the lengths of its files, not their hashes.</param>
public sealed record CurrentModel(ModelManifest Manifest, bool IsInstalled);
