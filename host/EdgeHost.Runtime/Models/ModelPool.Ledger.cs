using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>The ledger of bytes, eviction and unloading. Members that say so are called under the lock.</content>
internal sealed partial class ModelPool
{
    public async ValueTask<int> EvictAsync(string model, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var unload = new List<ModelEntry>();
        int count;
        lock (_gate)
        {
            var matches = _entries.Values.Where(entry => entry.Key.Id == model || entry.Name == model).ToArray();
            foreach (var entry in matches)
            {
                Leave(entry, reason, unload);
            }

            // A failure of files that change is no news any more.
            foreach (var (key, history) in _history)
            {
                if (key.Id == model || $"{key.Id}@{key.Version}" == model) history.Failure = null;
            }

            count = matches.Length;
        }

        StartUnload(unload);
        await Task.WhenAll(unload.Select(entry => entry.Gone.Task)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }

    public async ValueTask PinAsync(string model, string owner, CancellationToken cancellationToken)
        => await Task.FromException(new NotSupportedException("pins")).ConfigureAwait(false);

    public bool Unpin(string model, string owner) => false;

    public ValueTask<IReadOnlyList<ModelProbeResult>> ProbeAsync(TimeSpan timeout, CancellationToken cancellationToken) => new([]);

    private void EvictIdle()
    {
        if (_options.IdleTimeout is not { } timeout) return;
        var unload = new List<ModelEntry>();
        lock (_gate)
        {
            var now = _time.GetUtcNow();
            foreach (var entry in _entries.Values.Where(entry => IsIdle(entry) && now - entry.History.LastUsed >= timeout).ToArray())
            {
                Leave(entry, $"nobody used it for {timeout}", unload);
            }
        }

        StartUnload(unload);
    }

    private static bool IsIdle(ModelEntry entry) => entry is { State: ModelState.Resident, References: 0 };

    // Under the lock. Takes out idle models, lowest rank first, until the bytes fit; changes nothing if they cannot.
    private bool TryMakeRoom(long bytes, string reason, List<ModelEntry> unload)
    {
        var budget = _budget.Value;
        if (bytes > budget) return false;
        var missing = _usedBytes - (budget - bytes);
        if (bytes <= 0 || missing <= 0) return true;
        var idle = _entries.Values.Where(IsIdle).ToArray();
        if (idle.Sum(entry => entry.Bytes) < missing) return false;
        Array.Sort(idle, static (x, y) => x.Rank.CompareTo(y.Rank));
        foreach (var victim in idle)
        {
            missing -= victim.Bytes;
            _ranking.Evicted(victim.Rank);
            Leave(victim, reason, unload);
            if (missing <= 0) break;
        }

        return true;
    }

    // Under the lock. New leases no longer find the model; its memory goes now or with the last reference.
    private void Leave(ModelEntry entry, string reason, List<ModelEntry> unload)
    {
        _entries.Remove(entry.Key);
        _outside.Add(entry);
        entry.IsInPool = false;
        entry.Reason = reason;
        entry.History.Evictions++;
        _evictions++;
        _meter.ModelEvicted(entry.Name, entry.State == ModelState.Loading ? "while loading" : "evicted");
        if (entry.State != ModelState.Resident) return;
        entry.State = ModelState.Unloading;
        if (entry.References > 0) return;
        StartLeaving(entry);
        unload.Add(entry);
    }

    // Under the lock. Nobody waits for this load any more; a new caller starts another one.
    private void Abandon(ModelEntry entry)
    {
        if (_entries.Remove(entry.Key)) _outside.Add(entry);
        entry.IsInPool = false;
        entry.Reason = "all callers that waited for it left";
        StartLeaving(entry);
    }

    // Under the lock. From here on its bytes count as free for the next load, which waits until they are.
    private void StartLeaving(ModelEntry entry)
    {
        entry.IsLeaving = true;
        _usedBytes -= entry.Bytes;
        _leavingBytes += entry.Bytes;
    }

    // Under the lock.
    private void Charge(ModelEntry entry, long bytes)
    {
        entry.Bytes += bytes;
        _usedBytes += bytes;
        _meter.PoolBytesChanged(bytes);
    }

    // Under the lock. The entry is gone and so are its bytes.
    private void Forget(ModelEntry entry)
    {
        if (entry.IsLeaving) _leavingBytes -= entry.Bytes;
        else _usedBytes -= entry.Bytes;
        _meter.PoolBytesChanged(-entry.Bytes);
        entry.Bytes = 0;
        if (entry.IsInPool) _entries.Remove(entry.Key);
        entry.IsInPool = false;
        _outside.Remove(entry);
    }

    // Under the lock.
    private Task[] LeavingTasks() => [.. _outside.Where(entry => entry.IsLeaving).Select(entry => entry.Gone.Task)];

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

    // Under the lock.
    private EdgeHostException OverBudget(ModelEntry entry, long bytes)
    {
        var budget = _budget.Value;
        var holders = _entries.Values.Concat(_outside)
            .Where(other => other != entry && other.Bytes > 0 && !IsIdle(other) && !other.IsLeaving)
            .OrderByDescending(other => other.Bytes)
            .ToArray();
        var held = holders.Sum(other => other.Bytes) + entry.Bytes;
        var list = holders.Length == 0
            ? "nothing else holds memory"
            : string.Join(", ", holders.Take(5).Select(other => $"{other.Name} {Bytes.ToText(other.Bytes)} ({(other.State == ModelState.Loading ? "loading" : $"{other.Leases} leases")})"));
        var needs = bytes + entry.Bytes;
        return new EdgeHostException(
            ErrorCode.ResourceExhausted,
            $"The model '{entry.Name}' needs {Bytes.ToText(needs)} and {Bytes.ToText(Math.Max(0, budget - held + entry.Bytes))} of the budget of {Bytes.ToText(budget)} can be freed; held: {list}.")
        {
            RetryAfter = needs <= budget ? TimeSpan.FromSeconds(1) : null,
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["needed_bytes"] = needs.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["budget_bytes"] = budget.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["held_bytes"] = (held - entry.Bytes).ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["held_by"] = list,
            },
        };
    }

    private void StartUnload(List<ModelEntry> entries)
    {
        // Freeing a large session takes a while; whoever gave up the last lease does not wait for it.
        if (entries.Count > 0) _ = Task.Run(() => Unload(entries));
    }

    private void Unload(List<ModelEntry> entries)
    {
        foreach (var entry in entries)
        {
            DisposeSession(entry);
        }

        _trimmer.Trim();
        lock (_gate)
        {
            foreach (var entry in entries)
            {
                Forget(entry);
            }
        }

        foreach (var entry in entries)
        {
            _logger.LogInformation("Unloaded {Model} from {Device}: {Reason}.", entry.Name, entry.Device.Id, entry.Reason);
            entry.Gone.TrySetResult();
        }
    }

    private void DisposeSession(ModelEntry entry)
    {
        try
        {
            entry.Session?.Dispose();
        }
#pragma warning disable CA1031 // The boundary to the engine: its fault must not keep the bytes of the other models charged. Logged here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "Unloading {Model} from {Device} failed in the engine.", entry.Name, entry.Device.Id);
        }
    }
}
