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

    /// <summary>The graphs that were made on this device, one for each pulled variant whose manifest says so.</summary>
    public IReadOnlyList<ImportedGraph> Imports { get; init; } = [];

    /// <summary>The files of the pulled variants, and the graphs that were made of them.</summary>
    public IEnumerable<ModelFile> Files
        => Manifest.Variants.Where(variant => Variants.Contains(variant.Name, StringComparer.Ordinal)).SelectMany(FilesOf);

    /// <summary>The files of one pulled variant, and the graph that was made of them; such a graph has no sources.</summary>
    internal IEnumerable<ModelFile> FilesOf(ModelVariant variant)
        => ImportOf(variant) is { } graph ? variant.Files.Append(graph.AsFile(variant)) : variant.Files;

    /// <summary>The graph that was made for a variant, or null.</summary>
    internal ImportedGraph? ImportOf(ModelVariant variant) => Imports.FirstOrDefault(graph => graph.Variant == variant.Name);

    /// <summary>The same record with another graph for its variant.</summary>
    internal InstalledModel With(ImportedGraph graph) => new()
    {
        Manifest = Manifest,
        Variants = Variants,
        InstalledAt = InstalledAt,
        Licence = Licence,
        IsRequested = IsRequested,
        Imports = [.. Imports.Where(other => other.Variant != graph.Variant), graph],
    };
}
