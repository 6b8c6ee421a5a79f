using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>How models leave: evicted, with their last lease, with their device. Unloading.</content>
internal sealed partial class ModelPool
{
    public async ValueTask<int> EvictAsync(string model, string reason, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(model);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        var effects = default(PoolEffects);
        int count;
        lock (_gate)
        {
            var matches = _entries.Values.Where(entry => entry.Key.Id == model || entry.Name == model).ToArray();
            foreach (var entry in matches)
            {
                Leave(entry, reason, ref effects);
            }

            // A failure of files that change is no news any more, and a version that is gone serves nobody.
            foreach (var (key, history) in _history)
            {
                if (key.Id == model || $"{key.Id}@{key.Version}" == model) history.ForgetFailure();
            }

            ForgetVersion(model);
            count = matches.Length;
        }

        CarryOut(effects);
        await Task.WhenAll((effects.Unloads ?? []).Select(entry => entry.Gone.Task)).WaitAsync(cancellationToken).ConfigureAwait(false);
        return count;
    }

    // Under the lock. New leases no longer find the model; its memory goes now or with the last reference.
    private void Leave(ModelEntry entry, string reason, ref PoolEffects effects)
    {
        _entries.Remove(entry.Key);
        _outside.Add(entry);
        entry.IsInPool = false;
        entry.Reason = reason;
        DetachPins(entry);
        entry.History.Evictions++;
        _evictions++;
        _meter.ModelEvicted(entry.Name, entry.State == ModelState.Loading ? "while loading" : "evicted");
        effects.Decide(DecisionKind.Evicted, entry.Name, app: null, DescribeLeaving(entry, reason));
        if (entry.State != ModelState.Resident) return;
        entry.State = ModelState.Unloading;
        if (entry.References == 0) StartLeaving(entry, ref effects);
    }

    // Under the lock.
    private string DescribeLeaving(ModelEntry entry, string reason)
    {
        if (entry.State == ModelState.Loading) return $"{entry.Name} left {entry.Device.Id} while it was loading ({reason}).";
        var idle = _time.GetUtcNow() - entry.History.LastUsed;
        var use = entry.References > 0 ? $"its memory goes when what still uses it ends ({entry.Leases} leases)" : $"idle for {idle.TotalSeconds:0.#} s";
        return $"{entry.Name} left {entry.Device.Id} ({reason}): rank {entry.Rank:0.##}, {Bytes.ToText(entry.Bytes)}, "
            + $"loads in {entry.History.LoadTime.TotalMilliseconds:0} ms, used {entry.Uses} times, {use}.";
    }

    // Under the lock. Nobody waits for this load any more; a new caller starts another one.
    private void Abandon(ModelEntry entry)
    {
        // One that was evicted while it loaded is out already, and its key may belong to the entry of a later caller.
        if (entry.IsInPool) _entries.Remove(entry.Key);
        _outside.Add(entry);
        entry.IsInPool = false;
        entry.Reason = "all callers that waited for it left";
        _ledger.StartLeaving(entry);
    }

    // Under the lock. Nobody refers to it any more. If the pool itself is still at the session, the end of that unloads it.
    private void StartLeaving(ModelEntry entry, ref PoolEffects effects)
    {
        _ledger.StartLeaving(entry);
        if (!entry.IsInUpkeep) effects.Unload(entry);
    }

    // Under the lock. The entry is gone and so are its bytes.
    private void Forget(ModelEntry entry)
    {
        _ledger.Close(entry);
        if (entry.IsInPool) _entries.Remove(entry.Key);
        entry.IsInPool = false;
        _outside.Remove(entry);
    }

    /// <summary>
    /// A device was taken out: what is loaded on it is not trusted any more and leaves, so that a device which was reset comes back with fresh sessions.
    /// Loads that go on there fail their waiters now, which then go elsewhere.
    /// </summary>
    private void DeviceChanged(DeviceHealth health)
    {
        if (health.IsUsable) return;
        var effects = default(PoolEffects);
        var loading = new List<ModelEntry>();
        var settled = new List<ModelEntry>();
        lock (_gate)
        {
            if (_isDisposed) return;
            foreach (var entry in _entries.Values.Where(entry => entry.Device.Id == health.Device).ToArray())
            {
                entry.IsStuck = entry.State != ModelState.Loading || entry.HasLoadBegun;
                if (entry.State == ModelState.Loading) loading.Add(entry);
                Leave(entry, $"{health.Device} was taken out: {health.Reason}", ref effects);
            }

            foreach (var entry in _outside.Where(entry => entry.Device.Id == health.Device && (entry.State != ModelState.Loading || entry.HasLoadBegun)))
            {
                // Freeing it may hang as well; no load waits for that.
                entry.IsStuck = true;
                _ledger.StopLeaving(entry);
                settled.Add(entry);
            }
        }

        CarryOut(effects);
        foreach (var entry in loading)
        {
            FailWaiters(entry, new DeviceFaultException(health.Device, $"{health.Device} was taken out while '{entry.Name}' was loading there: {health.Reason}"));

            // One that still waits for memory must not begin when that is settled below. A token's callbacks are the engine's otherwise; they run on another thread.
            if (!entry.IsStuck) entry.LoadCancellation.Cancel();
            else _background.Start("Stopping a load", () => entry.LoadCancellation.CancelAsync());
        }

        settled.ForEach(entry => entry.Settled.TrySetResult());
    }

    private void StartUnload(List<ModelEntry> entries)
    {
        // Freeing a large session takes a while; whoever gave up the last lease does not wait for it. A device that hangs holds up its own only.
        foreach (var group in entries.GroupBy(entry => entry.Device.Id, StringComparer.Ordinal))
        {
            var batch = group.ToList();
            _ = Task.Run(() => Unload(batch));
        }
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
            entry.Settled.TrySetResult();
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
