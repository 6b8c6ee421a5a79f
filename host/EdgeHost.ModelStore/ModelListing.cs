using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>A model version that is in the catalogue, on this device, or both.</summary>
/// <param name="Manifest">The catalogue's manifest, or the record's if the catalogue has none.</param>
/// <param name="State">How much of it is here.</param>
/// <param name="Installed">The record, or null if it was not pulled.</param>
public sealed record ModelListing(ModelManifest Manifest, ModelState State, InstalledModel? Installed);
