namespace EdgeHost.ModelStore.Manifests;

/// <summary>What reading a manifest gave: the manifest, or every problem found.</summary>
/// <param name="Manifest">The manifest; null when there is any problem.</param>
/// <param name="Problems">All problems, in the order of the text; empty when the manifest is good.</param>
public sealed record ManifestReading(ModelManifest? Manifest, IReadOnlyList<ManifestProblem> Problems);
