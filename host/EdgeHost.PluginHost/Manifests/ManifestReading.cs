namespace EdgeHost.PluginHost.Manifests;

/// <summary>The outcome of reading a manifest: the manifest, or everything that is wrong with it.</summary>
/// <param name="Manifest">The manifest, or null if there are problems.</param>
/// <param name="Problems">All problems found, in the order of the file.</param>
/// <param name="ClaimedId">The id if at least that was readable, so that a broken plugin can be named.</param>
/// <param name="ClaimedVersion">The version if at least that was readable.</param>
internal sealed record ManifestReading(
    PluginManifest? Manifest,
    IReadOnlyList<ManifestProblem> Problems,
    string? ClaimedId,
    string? ClaimedVersion);
