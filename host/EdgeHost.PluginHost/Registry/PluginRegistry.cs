using EdgeHost.PluginHost.Activation;
using EdgeHost.PluginHost.Discovery;

namespace EdgeHost.PluginHost.Registry;

/// <summary>All plugin folders. <see cref="Scan"/> has one caller at a time; the rest is thread-safe.</summary>
internal sealed class PluginRegistry(PluginHostContext host) : IPluginRegistry
{
    private readonly PluginFolderScanner _scanner = new(host.Options);
    private readonly PluginIds _ids = new();
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, PluginSlot> _slots = new(StringComparer.Ordinal);
    private bool _isFirstScan = true;
    private bool _isStopped;

    public IReadOnlyList<PluginInfo> List()
        => [.. Slots().Select(slot => slot.Info()).OrderBy(info => info.Id, StringComparer.Ordinal).ThenBy(info => info.Folder, StringComparer.Ordinal)];

    public async ValueTask ActivateAsync(string id, CancellationToken cancellationToken)
    {
        var slots = Slots();
        if (slots.FirstOrDefault(slot => slot.Current?.Source.Manifest.Id == id)?.Current is { } generation)
        {
            if (await generation.ActivateAsync(cancellationToken).ConfigureAwait(false) is { } failure)
            {
                throw new EdgeHostException(ErrorCode.Unavailable, $"The plugin '{id}' cannot serve now: {failure.ForApps}");
            }

            return;
        }

        if (slots.Select(slot => slot.Info()).FirstOrDefault(info => info.Id == id) is { } unusable)
        {
            throw new EdgeHostException(ErrorCode.Unavailable, $"The plugin '{id}' is {unusable.State}; `edgehost plugins list` says why.");
        }

        throw new EdgeHostException(ErrorCode.NotFound, $"There is no plugin '{id}'; `edgehost plugins list` shows those that are there.");
    }

    /// <summary>Looks at all directories once. What it finds at the very first look is accepted at once.</summary>
    public void Scan()
    {
        if (_isStopped) return;
        var found = _scanner.Scan();
        foreach (var folder in found) GetOrAdd(folder.Path).Observe(folder, _isFirstScan || folder.IsImmutable);
        var present = found.Select(folder => folder.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var slot in Slots())
        {
            if (!present.Contains(slot.Folder)) slot.ObserveMissing();
            slot.Tick();
            if (slot.IsGone) Remove(slot);
        }

        _isFirstScan = false;
    }

    /// <summary>Completes when the changes found so far are made.</summary>
    public Task WhenChangedAsync() => Task.WhenAll(Slots().Select(slot => slot.Changes));

    /// <summary>Completes when the versions replaced so far are unloaded.</summary>
    public Task WhenRetiredAsync() => Task.WhenAll(Slots().Select(slot => slot.Retirements));

    /// <summary>Takes all plugins out, lets their calls finish and unloads them. No scan comes after it.</summary>
    public async Task StopAsync()
    {
        _isStopped = true;
        await Task.WhenAll(Slots().Select(slot => slot.StopAsync())).ConfigureAwait(false);
        host.ShadowCopies.Dispose();
    }

    private PluginSlot GetOrAdd(string folder)
    {
        lock (_gate)
        {
            if (!_slots.TryGetValue(folder, out var slot)) _slots.Add(folder, slot = new PluginSlot(host, _ids, folder));
            return slot;
        }
    }

    private void Remove(PluginSlot slot)
    {
        lock (_gate) _slots.Remove(slot.Folder);
    }

    private List<PluginSlot> Slots()
    {
        lock (_gate) return [.. _slots.Values];
    }
}
