using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>The record of a model version whose files were pulled. Immutable.</summary>
public sealed class InstalledModel
{
    /// <summary>The manifest it was pulled by.</summary>
    public required ModelManifest Manifest { get; init; }

    /// <summary>The names of the variants that were pulled; never empty.</summary>
    public required IReadOnlyList<string> Variants { get; init; }

    /// <summary>When it was first pulled.</summary>
    public required DateTimeOffset InstalledAt { get; init; }

    /// <summary>Whether the owner of this device accepted a licence that is not permissive.</summary>
    public required LicenceConsent Licence { get; init; }

    /// <summary>Whether it was asked for by its own name, or shipped with its manifest; false where it only came because another model requires it.</summary>
    public bool IsRequested { get; init; } = true;

    /// <summary>The files of the pulled variants.</summary>
    public IEnumerable<ModelFile> Files
        => Manifest.Variants.Where(variant => Variants.Contains(variant.Name, StringComparer.Ordinal)).SelectMany(variant => variant.Files);
}
