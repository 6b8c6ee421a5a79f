using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <summary>A graph that was made on this device of a variant's files. Immutable.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Sha256">Lower-case hex SHA-256 of the graph's file.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Importer">The version of the importer that made it; another importer makes it again.</param>
public sealed record ImportedGraph(string Variant, string Sha256, long Bytes, string Importer)
{
    /// <summary>The graph as a file of its variant, without sources.</summary>
    internal ModelFile AsFile(ModelVariant variant) => new(variant.Graph, Sha256, Bytes, []);
}
