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
    private readonly List<PluginGeneration> _retiring = [];

    private PluginGeneration? _current;
    private PluginGeneration? _candidate;
    private readonly PluginStatus _found;
    private Rejection? _rejection;
    private Task _changes = Task.CompletedTask;
    private Task _retirements = Task.CompletedTask;

    private FolderStamp? _accepted;
    private FolderStamp? _seen;
    private int _missing;
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
    public bool IsGone => _missing > 1 && _changes.IsCompleted && _retirements.IsCompleted && _unloads.Alive == 0;

    /// <summary>Completes when all changes accepted so far are done; calls may still be draining.</summary>
    public Task Changes => _changes;

    /// <summary>Completes when all versions replaced so far are unloaded.</summary>
    public Task Retirements
    {
        get
        {
            lock (_gate) return _retirements;
        }
    }

    /// <summary>The folder is there. A stamp is accepted when two looks in a row agree, so that a copy in progress is left alone.</summary>
    public void Observe(FoundFolder found, bool acceptAtOnce)
    {
        _missing = 0;
        if (found.Problem is { } problem)
        {
            _seen = null;
            _accepted = null;
            Reject(PluginState.Broken, problem, null);
            return;
        }

        if (found.Stamp is not { } stamp || (_accepted == stamp && !IsConflictRetryDue))
        {
            _seen = found.Stamp;
            return;
        }

        var isSettled = acceptAtOnce || stamp == _seen;
        _seen = stamp;
        if (!isSettled) return;
        _accepted = stamp;
        Accept(found, stamp);
    }

    /// <summary>The folder is not there. It is taken out when two looks in a row agree, so that a replacement by renaming loses no call.</summary>
    public void ObserveMissing()
    {
        _seen = null;
        if (++_missing != 2) return;
        _accepted = null;
        _hasConflict = false;
        _logger.LogInformation("The plugin folder {Folder} was removed.", Folder);
        Enqueue(() => RemoveAsync("Its folder was removed."));
    }

    /// <summary>Tries again what is due and looks after unloaded versions.</summary>
    public void Tick()
    {
        _unloads.Check();
        if (_changes.IsCompleted && _candidate is { IsRetryDue: true } candidate) Enqueue(() => SwitchAsync(candidate));
    }

    /// <summary>Takes it out, lets its calls finish and unloads it.</summary>
    public async Task StopAsync()
    {
        Supersede();
        Enqueue(() => RemoveAsync("The host is stopping."));
        await _changes.ConfigureAwait(false);
        await _retirements.ConfigureAwait(false);
    }

    public PluginInfo Info()
    {
        lock (_gate)
        {
            var source = (_current ?? _candidate)?.Source;
            var manifest = source?.Manifest;
            var status = Status();
            var models = Path.Combine(Folder, FolderStamp.ModelsFolder);
            return new PluginInfo
            {
                Id = manifest?.Id ?? _rejection?.Id ?? Path.GetFileName(Folder),
                Version = manifest?.Version ?? _rejection?.Version,
                State = status.State,
                Reason = status.Reason,
                Since = status.Since,
                Summary = manifest?.Summary ?? string.Empty,
                Capabilities = manifest?.Capabilities.Order(StringComparer.Ordinal).ToList() ?? [],
                Models = manifest?.Models.Order(StringComparer.Ordinal).ToList() ?? [],
                Tasks = manifest?.Tasks.Order(StringComparer.Ordinal).ToList() ?? [],
                Folder = Folder,
                ModelsFolder = Directory.Exists(models) ? models : null,
                InFlightCalls = (_current?.InFlightCalls ?? 0) + _retiring.Sum(generation => generation.InFlightCalls),
                Calls = _totals.Calls,
                FailedCalls = _totals.Failed,
                LeakedLeases = _totals.LeakedLeases,
                CallTime = _totals.Time,
                StartTime = _current?.StartTime ?? TimeSpan.Zero,
                PreviousContextsAlive = _unloads.Alive,
                LeakedContexts = _unloads.Leaked,
            };
        }
    }

    // An id or method that another plugin had is worth asking for again only after some plugin gave something up.
    private bool IsConflictRetryDue => _hasConflict && _departuresAtConflict != _ids.Departures;

    private PluginStatus Status()
    {
        var rejected = _rejection;
        if (_current is not { } current)
        {
            if (rejected is null) return _found;
            return rejected.Status.State == PluginState.Stopped && _retiring.Count > 0
                ? _retiring[^1].Status with { Reason = rejected.Status.Reason }
                : rejected.Status;
        }

        var (version, reason) = rejected is not null ? (rejected.Version, rejected.Status.Reason)
            : _candidate is { Status.State: PluginState.Broken } candidate ? (candidate.Source.Manifest.Version, candidate.Status.Reason)
            : (null, null);
        if (reason is null) return current.Status;
        var pending = $"The folder now holds {(version is null ? "files" : $"version {version}")} that cannot be used: {reason}";
        return current.Status with { Reason = string.Join(' ', [.. new[] { current.Status.Reason, pending }.Where(text => text.Length > 0)]) };
    }

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

        if (ManifestCheck.Refuse(manifest, found.Path, _host.Options) is { } refusal)
        {
            Reject(refusal.State, refusal.Reason, reading);
            return;
        }

        var generation = new PluginGeneration(_host, new PluginSource(found.Path, found.IsImmutable, stamp, manifest), _totals, _unloads);
        Enqueue(() => SwitchAsync(generation));
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
        BeginRetirement(previous, next);
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
            BeginRetirement(current, null);
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

        if (candidate is not null) BeginRetirement(candidate, null);
    }

    private void Conflict(PluginGeneration next, string reason, int departures)
    {
        _departuresAtConflict = departures;
        _hasConflict = true;
        lock (_gate) _candidate = null;
        if (Current?.Source.Manifest.Id != next.Source.Manifest.Id) _ids.Release(next.Source.Manifest.Id, this);
        BeginRetirement(next, null);
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

    private void BeginRetirement(PluginGeneration generation, PluginGeneration? successor)
    {
        lock (_gate)
        {
            _retiring.Add(generation);
            _retirements = Task.WhenAll(_retirements, RetireAsync(generation, successor));
        }
    }

    private async Task RetireAsync(PluginGeneration generation, PluginGeneration? successor)
    {
        // The lock of the caller is not held while it drains.
        await Task.Yield();
        await generation.RetireAsync(successor).ConfigureAwait(false);
        lock (_gate) _retiring.Remove(generation);
    }

    private void Enqueue(Func<Task> change)
    {
        _changes = RunAfterAsync(_changes, change);

        static async Task RunAfterAsync(Task before, Func<Task> change)
        {
            await before.ConfigureAwait(false);
            await change().ConfigureAwait(false);
        }
    }

    private sealed record Rejection(PluginStatus Status, string? Id, string? Version);
}
