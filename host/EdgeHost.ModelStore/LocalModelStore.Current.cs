using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.ModelStore;

/// <content>What stands for each id.</content>
public sealed partial class LocalModelStore
{
    /// <summary>
    /// Rises whenever this process pulled or removed something or read the catalogue anew, so that whoever keeps what <see cref="ListCurrent"/> said
    /// knows that it is old. What other processes do does not show in it.
    /// </summary>
    public int Revision => unchecked(_catalog.Revision + _records.Revision);

    /// <summary>Every model that is known, one entry an id, by id. Looks at the catalogue's folders and the lengths of files; hashes nothing.</summary>
    public IReadOnlyList<CurrentModel> ListCurrent()
    {
        _catalog.RefreshIfChanged();
        var current = new SortedDictionary<string, CurrentModel>(StringComparer.Ordinal);
        foreach (var manifest in _catalog.Models)
        {
            // The newest version comes first.
            current.TryAdd(manifest.Id, new CurrentModel(manifest, manifest.IsShipped));
        }

        foreach (var record in _records.All().DistinctBy(record => record.Manifest.Id, StringComparer.Ordinal))
        {
            var (id, version) = (record.Manifest.Id, record.Manifest.Version);
            if (current.TryGetValue(id, out var known) && known.IsInstalled && ModelVersionComparer.Instance.Compare(known.Manifest.Version, version) >= 0) continue;
            current[id] = new CurrentModel(_catalog.Find(id, version) ?? record.Manifest, StateOf(record) == ModelState.Installed);
        }

        return [.. current.Values];
    }
}
