using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// The pool, a part a concern: leasing, loading, room in the ledger, leaving, versions, pins, memory pressure, upkeep, large values, side files, probes.
/// </summary>
/// <remarks>
/// Locks: one short lock (<c>_gate</c>) guards the ledger, every entry, lease list, pin, version and history; members that say "under the lock" are called
/// with it. It is never held over the engine, the disk, the scheduler, placement, the decision log or an await: what follows from a decision is noted in
/// <see cref="PoolEffects"/> and carried out after it. The upkeep timer and the background work have leaf locks of their own, under which nothing is called.
/// </remarks>
internal sealed partial class ModelPool : IModelPool, IAsyncDisposable
{
    /// <summary>Models remembered beyond their stay; more than any device has.</summary>
    private const int HistoryLimit = 1024;

    /// <summary>Sessions of an engine that does not let go must not keep the host from stopping; their memory goes with the process.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly IModelSource _source;
    private readonly IModelVersions? _choices;
    private readonly IInferenceEngine _engine;
    private readonly IDevicePlacement _placement;
    private readonly IDeviceHealth _health;
    private readonly ILatencyModel _latencies;
    private readonly IMemoryTrimmer _trimmer;
    private readonly IDecisionLog _decisions;
    private readonly EdgeHostMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelPool> _logger;
    private readonly ModelHistoryFile _historyFile;
    private readonly BackgroundWork _background;
    private readonly UpkeepTimer _upkeep;
    private readonly IDisposable _healthChanges;
    private readonly IDisposable _conditionChanges;

    private readonly Lock _gate = new();
    private readonly Dictionary<ModelKey, ModelEntry> _entries = [];
    private readonly HashSet<ModelEntry> _outside = [];
    private readonly Dictionary<ModelKey, ModelHistory> _history = [];
    private readonly GreedyDualSizeFrequency _ranking = new();
    private readonly PoolLedger _ledger;
    private readonly MachineMemory _memory;
    private readonly LeaseList _held = new();
    private long _hits;
    private long _loads;
    private long _evictions;
    private volatile ModelPoolOptions _options;
    private bool _isDisposed;

    public ModelPool(
        IModelSource source,
        IInferenceEngine engine,
        IDevicePlacement placement,
        IDeviceHealth health,
        IStepScheduler scheduler,
        ILatencyModel latencies,
        IMachineConditions conditions,
        IMemoryTrimmer trimmer,
        MachineMemory memory,
        IDecisionLog decisions,
        EdgeHostMeter meter,
        TimeProvider time,
        IOptions<EdgeHostRuntimeOptions> options,
        ILogger<ModelPool> logger,
        IModelVersions? versions = null)
    {
        _source = source;
        _choices = versions;
        _engine = engine;
        _placement = placement;
        _health = health;
        Scheduler = scheduler;
        _latencies = latencies;
        _trimmer = trimmer;
        _decisions = decisions;
        _meter = meter;
        _time = time;
        _logger = logger;
        _options = options.Value.Pool;
        _memory = memory;
        _ledger = new PoolLedger(BudgetOf(_options), meter);
        _historyFile = new ModelHistoryFile(options.Value.StateFolder, HistoryLimit, logger);
        _background = new BackgroundWork(logger);
        _upkeep = new UpkeepTimer(time, Upkeep);
        _healthChanges = health.OnChange(DeviceChanged);
        _conditionChanges = conditions.OnChange(ConditionsChanged);
    }

    internal IStepScheduler Scheduler { get; }

    internal IModelSource Source => _source;

    public IModelProvider ForCall(CallScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new CallModelProvider(this, scope);
    }

    public ModelPoolSnapshot Snapshot()
    {
        ModelPoolSnapshot snapshot;
        var models = new List<ModelSnapshot>();
        lock (_gate)
        {
            models.AddRange(_entries.Values.Concat(_outside).Select(entry => Describe(entry.Key, entry.History, entry)));
            models.AddRange(_history.Where(pair => pair.Value.Failure is not null && !_entries.ContainsKey(pair.Key)
                    && !_outside.Any(entry => entry.State == ModelState.Unavailable && entry.Key == pair.Key))
                .Select(pair => Describe(pair.Key, pair.Value, entry: null)));
            snapshot = new ModelPoolSnapshot(
                _ledger.ConfiguredBytes, _ledger.UsedBytes, _ledger.LeavingBytes, _held.Count, _hits, _loads, _evictions, models)
            {
                EffectiveBudgetBytes = _ledger.EffectiveBytes,
                LargeValueBytes = _ledger.LargeValueBytes,
                PinnedBytes = PinnedBytes(except: null),
                OldestLeases = _held.Describe(_time),
            };
        }

        models.Sort(static (x, y) => string.CompareOrdinal($"{x.Id}@{x.Version} {x.Device}", $"{y.Id}@{y.Version} {y.Device}"));
        return snapshot;
    }

    public async ValueTask DisposeAsync()
    {
        var effects = default(PoolEffects);
        var waits = new List<Task>();
        var loading = new List<ModelEntry>();
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            foreach (var entry in _entries.Values.ToArray())
            {
                Leave(entry, "the host is stopping", ref effects);
            }

            foreach (var entry in _outside)
            {
                if (entry.State == ModelState.Loading)
                {
                    loading.Add(entry);
                    waits.Add(entry.Gone.Task);
                }
                else if (entry.IsLeaving)
                {
                    waits.Add(entry.Gone.Task);
                }
                else
                {
                    _logger.LogWarning(
                        "{Model} on {Device} is still in use while the host stops ({Leases} leases, {Other} runs or other uses); it goes with the last of them.",
                        entry.Name,
                        entry.Device.Id,
                        entry.Leases,
                        entry.References - entry.Leases);
                }
            }
        }

        _healthChanges.Dispose();
        _conditionChanges.Dispose();
        await _upkeep.DisposeAsync().ConfigureAwait(false);
        foreach (var entry in loading)
        {
            await entry.LoadCancellation.CancelAsync().ConfigureAwait(false);
        }

        CarryOut(effects);
        try
        {
            await Task.WhenAll(waits.Append(_background.WhenIdleAsync())).WaitAsync(StopLimit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            _logger.LogWarning("The engine did not free every model within {Limit}; the rest goes with the process.", StopLimit);
        }

        SaveHistory();
    }

    /// <summary>Completes when the memory of every unused model that left so far is free.</summary>
    internal Task WhenUnloadedAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(_outside.Where(entry => entry.IsLeaving).Select(entry => entry.Gone.Task));
        }
    }

    /// <summary>Completes when nothing goes on in the background: no take-over of a version, no release of buffers, no write.</summary>
    internal Task WhenQuietAsync() => _background.WhenIdleAsync();

    private static ModelSnapshot Describe(ModelKey key, ModelHistory history, ModelEntry? entry) => new()
    {
        Id = key.Id,
        Version = key.Version,
        Variant = key.Variant,
        Device = key.Device,
        State = entry?.State ?? ModelState.Unavailable,
        Reason = entry?.Reason ?? history.Failure!.Message,
        Bytes = entry?.Bytes ?? 0,
        Memory = entry?.Memory ?? default,
        Origin = entry?.Origin ?? string.Empty,
        Leases = entry?.Leases ?? 0,
        PinnedBy = entry?.PinnedBy ?? [],
        Rank = entry?.Rank ?? 0,
        LastUsed = history.LastUsed == default ? null : history.LastUsed,
        Hits = history.Hits,
        Loads = history.Loads,
        Evictions = history.Evictions,
        LoadTime = history.LoadTime,
    };

    /// <summary>Does what was decided under the lock.</summary>
    private void CarryOut(in PoolEffects effects)
    {
        if (effects.Unloads is { } unloads) StartUnload(unloads);
        if (effects.UpkeepAt is { } due) _upkeep.Request(due);
        foreach (var (kind, subject, app, text) in effects.Decisions ?? [])
        {
            _decisions.Add(kind, subject, app, text);
        }

        foreach (var change in effects.Switches ?? [])
        {
            StartTakeOver(change, mayReplace: true);
        }

        if (effects.ReleaseWorkingMemory) ReleaseWorkingMemory(idleFor: TimeSpan.Zero);
    }
}
