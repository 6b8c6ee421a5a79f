using EdgeHost.PluginHost.Activation;
using EdgeHost.PluginHost.Discovery;
using EdgeHost.PluginHost.Loading;
using EdgeHost.PluginHost.Manifests;
using EdgeHost.Runtime.Dispatch;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Registry;

/// <summary>
/// One plugin folder over time: the version that serves, a newer one being started beside it, older ones on their way out. The scan calls
/// the observing members, one at a time; changes run after one another on a chain that the slot owns; <see cref="Info"/> is thread-safe.
/// </summary>
internal sealed class PluginSlot
{
    private readonly PluginHostContext _host;
    private readonly PluginIds _ids;
    private readonly ILogger _logger;
    private readonly UnloadWatch _unloads;
    private readonly CallTotals _totals = new();
    private readonly Lock _gate = new();
    private readonly FolderLooks _looks = new();
    private readonly ChangeChain _changes = new();
    private readonly Retirements _retirements = new();
    private readonly PluginStatus _found;

    private PluginGeneration? _current;
    private PluginGeneration? _candidate;
    private Rejection? _rejection;
    private volatile bool _hasConflict;
    private volatile int _departuresAtConflict;

    public PluginSlot(PluginHostContext host, PluginIds ids, string folder)
    {
        _host = host;
        _ids = ids;
        Folder = folder;
        _found = new PluginStatus(PluginState.Starting, "Its files are still being written.", host.Time.GetUtcNow());
        _logger = host.Loggers.CreateLogger<PluginRegistry>();
        _unloads = new UnloadWatch(host.Options.LeakCollections, host.FullCollections, _logger);
    }

    public string Folder { get; }

    /// <summary>The version that serves, or null.</summary>
    public PluginGeneration? Current
    {
        get
        {
            lock (_gate) return _current;
        }
    }

    /// <summary>Whether nothing is left of a folder that was removed.</summary>
    public bool IsGone => _looks.IsGone && _changes.Completion.IsCompleted && _retirements.Completion.IsCompleted && _unloads.Alive == 0;

    /// <summary>Completes when all changes accepted so far are done; calls may still be draining.</summary>
    public Task Changes => _changes.Completion;

    /// <summary>Completes when all versions replaced so far are unloaded.</summary>
    public Task Retirements => _retirements.Completion;

    /// <summary>The folder is there; see <see cref="FolderLooks"/> for what is accepted when.</summary>
    public void Observe(FoundFolder found, bool acceptAtOnce)
    {
        if (found.Problem is { } problem)
        {
            _looks.FindUnusable();
            Reject(PluginState.Broken, problem, null);
        }
        else if (_looks.Find(found.Stamp, acceptAtOnce, IsConflictRetryDue))
        {
            Accept(found, found.Stamp!.Value);
        }
    }

    /// <summary>The folder is not there. It is taken out once it is gone.</summary>
    public void ObserveMissing()
    {
        if (!_looks.Miss()) return;
        _hasConflict = false;
        _logger.LogInformation("The plugin folder {Folder} was removed.", Folder);
        _changes.Add(() => RemoveAsync("Its folder was removed."));
    }

    /// <summary>Tries again what is due and looks after unloaded versions.</summary>
    public void Tick()
    {
        _unloads.Check();
        if (_changes.Completion.IsCompleted && _candidate is { IsRetryDue: true } candidate) _changes.Add(() => SwitchAsync(candidate));
    }

    /// <summary>Takes it out, lets its calls finish and unloads it.</summary>
    public async Task StopAsync()
    {
        Supersede();
        _changes.Add(() => RemoveAsync("The host is stopping."));
        await _changes.Completion.ConfigureAwait(false);
        await _retirements.Completion.ConfigureAwait(false);
    }

    public PluginInfo Info()
    {
        SlotSnapshot snapshot;
        lock (_gate) snapshot = new SlotSnapshot(Folder, _found, _current, _candidate, _rejection, _retirements.Current);
        return snapshot.ToInfo(_totals, _unloads);
    }

    // An id or method that another plugin had is worth asking for again only after some plugin gave something up.
    private bool IsConflictRetryDue => _hasConflict && _departuresAtConflict != _ids.Departures;

    private void Accept(FoundFolder found, FolderStamp stamp)
    {
        _hasConflict = false;
        Supersede();
        var reading = PluginManifestReader.ReadFolder(found.Path);
        if (reading.Manifest is not { } manifest)
        {
            Reject(PluginState.Broken, $"{PluginManifest.FileName}: {string.Join("; ", reading.Problems)}", reading);
            return;
        }

        if (ManifestCheck.Refuse(manifest, found.Path, _host.Options, _host.PersonalisationCheck) is { } refusal)
        {
            Reject(refusal.State, refusal.Reason, reading);
            return;
        }

        var generation = new PluginGeneration(_host, new PluginSource(found.Path, found.IsImmutable, stamp, manifest), _totals, _unloads);
        _changes.Add(() => SwitchAsync(generation));
    }

    // Makes a version the one that serves: started first if another one serves now, so that no call has to wait or fail.
    private async Task SwitchAsync(PluginGeneration next)
    {
        if (next.IsRetired) return;
        var manifest = next.Source.Manifest;
        var departures = _ids.Departures;
        if (!_ids.TryClaim(manifest.Id, this, out var holder))
        {
            Conflict(next, $"The id '{manifest.Id}' is taken by the plugin in the folder {Path.GetFileName(holder.Folder)}.", departures);
            return;
        }

        if (Current is { } named && named.Source.Manifest.Id != manifest.Id) await RemoveAsync("It was replaced by another plugin.").ConfigureAwait(false);
        if (Current is { IsActive: true })
        {
            lock (_gate) _candidate = next;
            if (await next.ActivateAsync(CancellationToken.None).ConfigureAwait(false) is { } failure)
            {
                if (!next.IsRetired) _logger.LogError("{Id} {Version} cannot replace the running version: {Reason}", manifest.Id, manifest.Version, failure.ForOperator);
                return;
            }
        }

        try
        {
            _host.Catalog.Replace(manifest.Id, [.. manifest.Capabilities.Order(StringComparer.Ordinal).Select(method => new CapabilityRoute(method, manifest.Id, manifest.Version, next))]);
        }
        catch (EdgeHostException ex) when (ex.Code == ErrorCode.AlreadyExists)
        {
            Conflict(next, ex.Message, departures);
            return;
        }

        PluginGeneration? previous;
        lock (_gate)
        {
            previous = _current;
            _current = next;
            _candidate = null;
            _rejection = null;
        }

        _logger.LogInformation("{Id} {Version} was found in {Folder}.", manifest.Id, manifest.Version, Folder);
        if (previous is null) return;
        _ids.CountDeparture();
        _retirements.Begin(previous, next);
    }

    private Task RemoveAsync(string reason)
    {
        PluginGeneration? current;
        lock (_gate)
        {
            current = _current;
            _current = null;
            _rejection = new Rejection(
                new PluginStatus(PluginState.Stopped, reason, _host.Time.GetUtcNow()),
                current?.Source.Manifest.Id ?? _rejection?.Id,
                current?.Source.Manifest.Version ?? _rejection?.Version);
        }

        Supersede();
        if (current is not null)
        {
            _host.Catalog.Replace(current.Source.Manifest.Id, []);
            _ids.Release(current.Source.Manifest.Id, this);
            _ids.CountDeparture();
            _retirements.Begin(current, null);
        }

        return Task.CompletedTask;
    }

    private void Supersede()
    {
        PluginGeneration? candidate;
        lock (_gate)
        {
            candidate = _candidate;
            _candidate = null;
        }

        if (candidate is not null) _retirements.Begin(candidate, null);
    }

    private void Conflict(PluginGeneration next, string reason, int departures)
    {
        _departuresAtConflict = departures;
        _hasConflict = true;
        lock (_gate) _candidate = null;
        if (Current?.Source.Manifest.Id != next.Source.Manifest.Id) _ids.Release(next.Source.Manifest.Id, this);
        _retirements.Begin(next, null);
        Reject(PluginState.Broken, reason, new ManifestReading(null, [], next.Source.Manifest.Id, next.Source.Manifest.Version));
    }

    private void Reject(PluginState state, string reason, ManifestReading? reading)
    {
        lock (_gate)
        {
            if (_rejection?.Status is { } known && known.State == state && known.Reason == reason) return;
            _rejection = new Rejection(new PluginStatus(state, reason, _host.Time.GetUtcNow()), reading?.ClaimedId, reading?.ClaimedVersion);
        }

        if (state == PluginState.Disabled) _logger.LogInformation("The plugin in {Folder} is not used: {Reason}", Folder, reason);
        else _logger.LogError("The plugin in {Folder} cannot be used: {Reason}", Folder, reason);
    }
}
