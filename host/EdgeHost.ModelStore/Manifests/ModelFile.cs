namespace EdgeHost.ModelStore.Manifests;

/// <summary>One file of a model. Immutable.</summary>
/// <param name="Name">The name that the plugin and the engine know it by; relative, with forward slashes.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of its bytes.</param>
/// <param name="Bytes">Its length, ≥ 1.</param>
/// <param name="Sources">Where it may be fetched from, in this order; never empty.</param>
public sealed record ModelFile(string Name, string Sha256, long Bytes, IReadOnlyList<FileSource> Sources);
