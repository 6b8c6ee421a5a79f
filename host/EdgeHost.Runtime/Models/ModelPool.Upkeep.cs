using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>Measuring after runs, and what happens while nobody calls: buffers go back, idle models leave, the budget grows back, what was learned is kept.</content>
internal sealed partial class ModelPool
{
    /// <summary>After the first run of a lease, every so many runs of a model are measured: long decodes grow, and a call must not pay for each step.</summary>
    private const int MeasureInterval = 8;

    /// <summary>Changes to what was learned are written together after this.</summary>
    private static readonly TimeSpan HistoryWriteDelay = TimeSpan.FromSeconds(5);

    private DateTimeOffset? _historyWriteAt;
    private bool _isWritingHistory;
    private volatile bool _isHistoryRead;

    /// <summary>A step ran: measures now and then, and counts large outputs. The caller holds a reference.</summary>
    internal void Ran(ModelEntry entry, CallScope scope, IReadOnlyList<ModelValue> outputs, bool isFirstOfLease)
    {
        ChargeOutputs(entry, scope, outputs);
        if (entry.CountRun() % MeasureInterval == 0 || isFirstOfLease) Measure(entry);
    }

    /// <summary>Charges what a session takes now. The caller keeps the session alive.</summary>
    private void Measure(ModelEntry entry)
    {
        var memory = entry.Session!.MeasureMemory();
        var total = Math.Max(1, memory.TotalBytes);
        var effects = default(PoolEffects);
        var isNews = false;
        lock (_gate)
        {
            entry.Memory = memory;
            var growth = total - entry.SessionBytes;
            if (growth == 0) return;
            isNews = total > entry.History.PeakBytes;
            entry.History.Measured(total);
            if (growth > 0) MakeWhatRoomThereIs(growth, $"{entry.Name} grew", ref effects);
            _ledger.SetSession(entry, total);
            entry.Rank = _ranking.Rank(entry.Uses, entry.History.LoadTime, entry.Bytes);
            if (growth > 0) NoteExcess($"{entry.Name} grew by {Bytes.ToText(growth)}", growth, ref effects);
        }

        CarryOut(effects);
        if (isNews) HistoryChanged();
    }

    // Under the lock. What runs is never failed for its growth: the ledger says that it is over, and loads are refused until it is not.
    private void NoteExcess(string what, long growth, ref PoolEffects effects)
    {
        var excess = _ledger.ExcessBytes;
        if (excess == 0) return;
        effects.ReleaseWorkingMemory = true;

        // Once an episode, not a line for each step of it.
        if (excess > growth) return;
        effects.Decide(
            DecisionKind.Budget, "pool", app: null, $"{what}; the pool is {Bytes.ToText(excess)} over its budget of {Bytes.ToText(_ledger.EffectiveBytes)}: "
                + "nothing is loaded until it fits again.");
    }

    private void Upkeep()
    {
        var effects = default(PoolEffects);
        IReadOnlyList<ModelMemoryRecord>? records = null;
        lock (_gate)
        {
            if (_isDisposed) return;
            var now = _time.GetUtcNow();
            if (_options.IdleTimeout is { } timeout)
            {
                foreach (var entry in _entries.Values.Where(entry => entry.IsEvictable && now - entry.History.LastUsed >= timeout).ToArray())
                {
                    Leave(entry, $"nobody used it for {timeout}", ref effects);
                }
            }

            GrowBack(now, ref effects);
            if (_historyWriteAt <= now && !_isWritingHistory)
            {
                _historyWriteAt = null;
                _isWritingHistory = true;
                records = HistoryRecords();
            }
            else if (!_isWritingHistory && _historyWriteAt is { } at)
            {
                WantUpkeep(at, ref effects);
            }
        }

        CarryOut(effects);
        if (records is not null) _background.Start("Writing what was learned of models", () => WriteHistoryAsync(records));
        ReleaseWorkingMemory(_options.WorkingMemoryIdleTime);
    }

    /// <summary>Gives buffers of sessions that were idle for so long back, in the background, and asks for the next turn.</summary>
    private void ReleaseWorkingMemory(TimeSpan idleFor)
    {
        List<ModelEntry>? due = null;
        var effects = default(PoolEffects);
        lock (_gate)
        {
            if (_isDisposed) return;
            var now = _time.GetUtcNow();
            foreach (var entry in _entries.Values)
            {
                if (HasBuffersToRelease(entry) && now - entry.History.LastUsed >= idleFor)
                {
                    entry.IsInUpkeep = true;
                    entry.IsWorkingMemoryReleased = true;
                    (due ??= []).Add(entry);
                }
                else if (NextUpkeep(entry) is { } at)
                {
                    WantUpkeep(at, ref effects);
                }
            }
        }

        CarryOut(effects);
        if (due is not null) _background.Start("Releasing working memory", () => ReleaseWorkingMemoryAsync(due));
    }

    private Task ReleaseWorkingMemoryAsync(List<ModelEntry> entries)
    {
        foreach (var entry in entries)
        {
            ReleaseBuffers(entry);
            var effects = default(PoolEffects);
            lock (_gate)
            {
                entry.IsInUpkeep = false;

                // It was evicted meanwhile, and the session waited for us.
                if (entry.IsLeaving) effects.Unload(entry);
                if (entry == entries[^1]) SettleExcess(ref effects);
            }

            CarryOut(effects);
        }

        _trimmer.Trim();
        return Task.CompletedTask;
    }

    private void ReleaseBuffers(ModelEntry entry)
    {
        try
        {
            if (!_health.IsUsable(entry.Device.Id)) return;
            entry.Session!.ReleaseWorkingMemory();
            Measure(entry);
        }
        catch (DeviceFaultException e)
        {
            _health.Faulted(entry.Device.Id, entry.Name, e.Message);
        }
#pragma warning disable CA1031 // The boundary to the engine: a model that cannot give buffers back keeps them. Logged here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogWarning(e, "{Model} on {Device} could not give its buffers back.", entry.Name, entry.Device.Id);
        }
    }

    // Under the lock.
    private static bool HasBuffersToRelease(ModelEntry entry)
        => entry.IsIdle && entry is { IsInUpkeep: false, IsWorkingMemoryReleased: false, Memory.WorkingBytes: > 0 };

    // Under the lock. When an idle entry wants attention; null for never.
    private DateTimeOffset? NextUpkeep(ModelEntry entry)
    {
        if (!entry.IsIdle) return null;
        var buffers = HasBuffersToRelease(entry) ? entry.History.LastUsed + _options.WorkingMemoryIdleTime : (DateTimeOffset?)null;
        var leaves = _options.IdleTimeout is { } timeout && entry.IsEvictable ? entry.History.LastUsed + timeout : (DateTimeOffset?)null;
        return buffers < leaves || leaves is null ? buffers : leaves;
    }

    private static void WantUpkeep(DateTimeOffset at, ref PoolEffects effects)
    {
        if (effects.UpkeepAt is null || at < effects.UpkeepAt) effects.UpkeepAt = at;
    }

    // Under the lock.
    private ModelHistory Remember(ModelKey key)
    {
        if (_history.TryGetValue(key, out var history)) return history;
        if (_history.Count >= HistoryLimit)
        {
            var oldest = _history.Where(pair => !_entries.ContainsKey(pair.Key)).MinBy(pair => pair.Value.LastUsed);
            if (oldest.Value is not null) _history.Remove(oldest.Key);
        }

        history = new ModelHistory();
        _history.Add(key, history);
        return history;
    }

    /// <summary>Reads the file before the first load: the start of a host that loads nothing does not pay for it.</summary>
    private void EnsureHistoryIsRead()
    {
        if (_isHistoryRead) return;
        var records = _historyFile.Read();
        lock (_gate)
        {
            if (_isHistoryRead) return;
            _isHistoryRead = true;
            foreach (var record in records)
            {
                if (_history.Count >= HistoryLimit) break;
                var history = Remember(record.Key);
                history.Sha256 = record.Sha256;
                history.LoadedBytes = record.LoadedBytes;
                history.PeakBytes = record.PeakBytes;
                history.LoadTime = TimeSpan.FromMilliseconds(record.LoadMilliseconds);
                history.LastUsed = record.LastUsed;
            }
        }
    }

    private void HistoryChanged()
    {
        if (!_historyFile.IsKept) return;
        DateTimeOffset at;
        lock (_gate)
        {
            if (_isDisposed || _historyWriteAt is not null) return;
            at = _time.GetUtcNow() + HistoryWriteDelay;
            _historyWriteAt = at;
        }

        _upkeep.Request(at);
    }

    // Under the lock.
    private List<ModelMemoryRecord> HistoryRecords() =>
    [
        .. _history.Where(pair => pair.Value.LoadedBytes > 0).Select(pair => new ModelMemoryRecord
        {
            Id = pair.Key.Id,
            Version = pair.Key.Version,
            Variant = pair.Key.Variant,
            Device = pair.Key.Device,
            Sha256 = pair.Value.Sha256,
            LoadedBytes = pair.Value.LoadedBytes,
            PeakBytes = pair.Value.PeakBytes,
            LoadMilliseconds = pair.Value.LoadTime.TotalMilliseconds,
            LastUsed = pair.Value.LastUsed,
        }),
    ];

    private Task WriteHistoryAsync(IReadOnlyList<ModelMemoryRecord> records)
    {
        _historyFile.Write(records);
        DateTimeOffset? next;
        lock (_gate)
        {
            _isWritingHistory = false;
            next = _historyWriteAt;
        }

        if (next is { } at) _upkeep.Request(at);
        return Task.CompletedTask;
    }

    private void SaveHistory()
    {
        List<ModelMemoryRecord> records;
        lock (_gate)
        {
            if (_historyWriteAt is null) return;
            _historyWriteAt = null;
            records = HistoryRecords();
        }

        _historyFile.Write(records);
    }
}
