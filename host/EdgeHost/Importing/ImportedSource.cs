using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.Host.Importing;

/// <summary>A model as it lies on the disk, before it is in the catalogue. Immutable.</summary>
internal sealed record ImportedSource
{
    /// <summary>The files by the names that they will have, with their absolute paths; the one that describes the model first.</summary>
    public required IReadOnlyList<(string Name, string Path)> Files { get; init; }

    /// <summary>The name of the graph: one of the files, or what is made of them.</summary>
    public required string Graph { get; init; }

    /// <summary>The format that the graph is made from; null where it is there already.</summary>
    public ModelFormat? Format { get; init; }

    /// <summary>The names of the files that the graph is made of.</summary>
    public IReadOnlyList<string> GraphFiles { get; init; } = [];

    /// <summary>What the model is for, where its files say so.</summary>
    public string? Task { get; init; }

    /// <summary>What its files say of how it is used.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; init; } = new Dictionary<string, string>();

    /// <summary>How its runs may be joined; null: not at all.</summary>
    public VariantBatching? Batching { get; init; }

    /// <summary>Further models that it needs, such as a decoder, by the property that names each.</summary>
    public IReadOnlyDictionary<string, ImportedSource> Parts { get; init; } = new Dictionary<string, ImportedSource>();

    /// <summary>Where the file at a path on this device comes from, for the manifest; null: from there.</summary>
    public Func<string, FileSource?> OriginOf { get; init; } = static _ => null;
}
