using EdgeHost.Runtime.Models;

namespace EdgeHost.Benchmarks.Bookkeeping;

/// <summary>Finds models in the real store or from memory, so that the cost of finding shows apart.</summary>
internal sealed class SwitchedSource(IModelSource store) : IModelSource
{
    private readonly Dictionary<string, ModelArtifact> _known = new(StringComparer.Ordinal);

    public bool AsksStore { get; set; }

    public async Task RememberAsync(string model, CancellationToken cancellationToken) => _known[model] = await store.ResolveAsync(model, cancellationToken);

    public ValueTask<ModelArtifact> ResolveAsync(string model, CancellationToken cancellationToken)
        => AsksStore ? store.ResolveAsync(model, cancellationToken) : new ValueTask<ModelArtifact>(_known[model]);
}
