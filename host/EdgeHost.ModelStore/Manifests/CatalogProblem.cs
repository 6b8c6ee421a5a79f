namespace EdgeHost.ModelStore.Manifests;

/// <summary>A manifest that the catalogue could not take; the others are served all the same.</summary>
/// <param name="File">The manifest's path on this device: for the device's owner, never for apps.</param>
/// <param name="Problems">What is wrong with it; never empty.</param>
public sealed record CatalogProblem(string File, IReadOnlyList<ManifestProblem> Problems);
