using System.Diagnostics.CodeAnalysis;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// The pool: leases here, loading, the ledger and reading of side files in the other parts. One short lock guards all bookkeeping; it is
/// never held over the engine, the disk or an await.
/// </summary>
internal sealed partial class ModelPool : IModelPool, IAsyncDisposable
{
    /// <summary>Models remembered beyond their stay; more than any device has.</summary>
    private const int HistoryLimit = 1024;

    private readonly IModelSource _source;
    private readonly IInferenceEngine _engine;
    private readonly IDevicePlacement _placement;
    private readonly IMemoryTrimmer _trimmer;
    private readonly EdgeHostMeter _meter;
    private readonly TimeProvider _time;
    private readonly ILogger<ModelPool> _logger;
    private readonly ModelPoolOptions _options;
    private readonly Lazy<long> _budget;
    private readonly ITimer? _idleTimer;

    private readonly Lock _gate = new();
    private readonly Dictionary<ModelKey, ModelEntry> _entries = [];
    private readonly HashSet<ModelEntry> _outside = [];
    private readonly Dictionary<ModelKey, ModelHistory> _history = [];
    private readonly GreedyDualSizeFrequency _ranking = new();
    private long _usedBytes;
    private long _leavingBytes;
    private int _leases;
    private long _hits;
    private long _loads;
    private long _evictions;
    private bool _isDisposed;

    public ModelPool(
        IModelSource source,
        IInferenceEngine engine,
        IDevicePlacement placement,
        IStepScheduler scheduler,
        IMemoryTrimmer trimmer,
        MachineMemory memory,
        EdgeHostMeter meter,
        TimeProvider time,
        IOptions<EdgeHostRuntimeOptions> options,
        ILogger<ModelPool> logger)
    {
        _source = source;
        _engine = engine;
        _placement = placement;
        Scheduler = scheduler;
        _trimmer = trimmer;
        _meter = meter;
        _time = time;
        _logger = logger;
        _options = options.Value.Pool;
        _budget = new Lazy<long>(() => _options.BudgetBytes ?? Math.Max(1 << 20, memory.TotalBytes / 2));
        if (_options.IdleTimeout is { } idle)
        {
            var period = TimeSpan.FromTicks(Math.Max(TimeSpan.TicksPerSecond, idle.Ticks / 4));
            _idleTimer = time.CreateTimer(static pool => ((ModelPool)pool!).EvictIdle(), this, period, period);
        }
    }

    internal IStepScheduler Scheduler { get; }

    public IModelProvider ForCall(CallScope scope)
    {
        ArgumentNullException.ThrowIfNull(scope);
        return new CallModelProvider(this, scope);
    }

    public ModelPoolSnapshot Snapshot()
    {
        lock (_gate)
        {
            var models = new List<ModelSnapshot>(_entries.Count + _outside.Count);
            models.AddRange(_entries.Values.Concat(_outside).Select(entry => Describe(entry.Key, entry.History, entry)));
            models.AddRange(_history.Where(pair => pair.Value.Failure is not null && !_entries.ContainsKey(pair.Key))
                .Select(pair => Describe(pair.Key, pair.Value, entry: null)));
            models.Sort(static (x, y) => string.CompareOrdinal($"{x.Id}@{x.Version} {x.Device}", $"{y.Id}@{y.Version} {y.Device}"));
            return new ModelPoolSnapshot(_budget.Value, _usedBytes, _leavingBytes, _leases, _hits, _loads, _evictions, models);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _idleTimer?.Dispose();
        var waits = new List<Task>();
        var unload = new List<ModelEntry>();
        var loading = new List<ModelEntry>();
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            foreach (var entry in _entries.Values.ToArray())
            {
                Leave(entry, "the host is stopping", unload);
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
                    _logger.LogWarning("{Model} is still leased ({Leases}) while the host stops; it goes with its last lease.", entry.Name, entry.Leases);
                }
            }
        }

        foreach (var entry in loading)
        {
            await entry.LoadCancellation.CancelAsync().ConfigureAwait(false);
        }

        StartUnload(unload);
        await Task.WhenAll(waits).ConfigureAwait(false);
    }

    /// <summary>Completes when the memory of every unused model that left so far is free.</summary>
    internal Task WhenUnloadedAsync()
    {
        lock (_gate)
        {
            return Task.WhenAll(LeavingTasks());
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets the lease and disposes it.")]
    internal async ValueTask<IModelLease> LeaseAsync(CallScope scope, string model, CancellationToken cancellationToken)
    {
        CancellationTokenSource? linked = null;
        try
        {
            var token = scope.Combine(cancellationToken, ref linked);
            token.ThrowIfCancellationRequested();
            var artifact = await _source.ResolveAsync(model, token).ConfigureAwait(false);
            await _placement.PrepareAsync(artifact, scope.App, token).ConfigureAwait(false);
            var placement = _placement.Choose(
                new PlacementRequest { Artifact = artifact, App = scope.App, Cost = static _ => default, Deadline = scope.Deadline });
            var entry = Join(artifact, placement, out var isResident);
            if (!isResident) await WaitForLoadAsync(scope, entry, token).ConfigureAwait(false);
            return StartLease(scope, entry, isResident);
        }
        finally
        {
            linked?.Dispose();
        }
    }

    /// <summary>Takes a reference for a lease's step or read.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed.</exception>
    internal void Hold(ModelLease lease)
    {
        lock (_gate)
        {
            // Dispose sets its flag before it takes this lock to give up its own reference: if the flag is down here, that reference still counts.
            ObjectDisposedException.ThrowIf(lease.IsDisposed, lease);
            lease.Entry.References++;
        }
    }

    internal void Release(ModelEntry entry) => Release(entry, leases: 0);

    internal void EndLease(ModelEntry entry) => Release(entry, leases: 1);

    internal void CheckValue(ElementType elementType, TensorShape shape)
    {
        if (elementType == ElementType.String) throw new EdgeHostException(ErrorCode.InvalidArgument, "Values of text cannot be created; use a numeric element type.");
        if (shape.IsDynamic) throw new EdgeHostException(ErrorCode.InvalidArgument, $"A value needs a fully known shape, not {shape}.");
        long bytes;
        try
        {
            bytes = checked(shape.ElementCount * elementType.SizeInBytes());
        }
        catch (OverflowException)
        {
            bytes = long.MaxValue;
        }

        if (bytes > _options.MaxValueBytes)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted, $"A value of {elementType} {shape} needs {Bytes.ToText(bytes)}; the limit is {Bytes.ToText(_options.MaxValueBytes)}.");
        }
    }

    private static ModelSnapshot Describe(ModelKey key, ModelHistory history, ModelEntry? entry) => new()
    {
        Id = key.Id,
        Version = key.Version,
        Variant = key.Variant,
        Device = key.Device,
        State = entry?.State ?? ModelState.Unavailable,
        Reason = entry?.Reason ?? history.Failure!,
        Bytes = entry?.Bytes ?? 0,
        Memory = entry?.Session?.MeasureMemory() ?? default,
        Origin = entry?.Session?.Origin ?? string.Empty,
        Leases = entry?.Leases ?? 0,
        Rank = entry?.Rank ?? 0,
        LastUsed = history.LastUsed == default ? null : history.LastUsed,
        Hits = history.Hits,
        Loads = history.Loads,
        Evictions = history.Evictions,
        LoadTime = history.LoadTime,
    };

    private ModelLease StartLease(CallScope scope, ModelEntry entry, bool isHit)
    {
        var lease = new ModelLease(this, scope, entry);
        lock (_gate)
        {
            // The reference of the join becomes the lease's.
            entry.Leases++;
            _leases++;
            if (isHit)
            {
                _hits++;
                entry.History.Hits++;
            }

            Touch(entry);
        }

        if (scope.TryAdd(lease)) return lease;
        lease.Dispose();
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The call has ended; it cannot lease '{entry.Name}' any more.");
    }

    private void Touch(ModelEntry entry)
    {
        entry.Uses++;
        entry.History.LastUsed = _time.GetUtcNow();
        entry.Rank = _ranking.Rank(entry.Uses, entry.History.LoadTime, entry.Bytes);
    }

    private void Release(ModelEntry entry, int leases)
    {
        var unload = false;
        var abandoned = false;
        lock (_gate)
        {
            entry.Leases -= leases;
            _leases -= leases;
            if (leases > 0) entry.History.LastUsed = _time.GetUtcNow();
            if (--entry.References > 0) return;
            switch (entry.State)
            {
                case ModelState.Loading:
                    abandoned = true;
                    Abandon(entry);
                    break;
                case ModelState.Unloading when !entry.IsLeaving:
                    unload = true;
                    StartLeaving(entry);
                    break;
            }
        }

        // Cancelling runs the engine's callback, so it happens outside the lock.
        if (abandoned) entry.LoadCancellation.Cancel();
        if (unload) StartUnload([entry]);
    }
}
