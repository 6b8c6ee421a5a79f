using EdgeHost.ModelStore.Manifests;
using EdgeHost.PluginHost;

namespace EdgeHost.Host.Hosting;

/// <summary>Keeps the model catalogue at the folders of the plugins that are there now: plugins come and go while the host runs. Thread-safe.</summary>
internal sealed class PluginCatalogs(ModelCatalog catalog, IPluginRegistry registry)
{
    private readonly Lock _gate = new();
    private HashSet<string> _known = [];

    /// <summary>Takes in what changed since the last call; cheap when nothing did.</summary>
    public void Refresh()
    {
        var now = registry.List().Select(plugin => plugin.ModelsFolder).OfType<string>().ToHashSet(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var folder in now.Where(folder => !_known.Contains(folder))) catalog.AddFolder(folder);
            foreach (var folder in _known.Where(folder => !now.Contains(folder))) catalog.RemoveFolder(folder);
            _known = now;
        }
    }
}
