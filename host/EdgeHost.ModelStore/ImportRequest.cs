using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>What a graph is made of. Immutable.</summary>
public sealed class ImportRequest
{
    /// <summary>The model's name, for messages.</summary>
    public required string Model { get; init; }

    /// <summary>What the files are.</summary>
    public required ModelFormat Format { get; init; }

    /// <summary>The files by their names in the manifest, with their absolute paths, the one that describes the model first; never empty.</summary>
    public required IReadOnlyList<(string Name, string Path)> Files { get; init; }

    /// <summary>Outputs to add. Default none.</summary>
    public IReadOnlyList<ImportedMean> Means { get; init; } = [];
}
