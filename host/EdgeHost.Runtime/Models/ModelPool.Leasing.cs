using System.Diagnostics.CodeAnalysis;
using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>Taking, moving and ending leases.</content>
internal sealed partial class ModelPool
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets the lease and disposes it.")]
    internal async ValueTask<IModelLease> LeaseAsync(CallScope scope, string model, CancellationToken cancellationToken)
    {
        CancellationTokenSource? linked = null;
        try
        {
            var token = scope.Combine(cancellationToken, ref linked);
            token.ThrowIfCancellationRequested();
            var choice = _choices is null ? null : await scope.ChooseAsync(_choices, model, token).ConfigureAwait(false);
            while (choice?.Artifact is { } chosen)
            {
                try
                {
                    return StartLease(scope, await AcquireExactAsync(scope, chosen, default, excluded: null, token).ConfigureAwait(false), choice);
                }
                catch (EdgeHostException e) when (IsOfTheModel(e))
                {
                    _logger.LogWarning("{Model} {Version} cannot serve the call of {App}: {Message}", chosen.Id, chosen.Version, scope.App.Name, e.Message);
                    choice = choice.LoadFailed(e);
                    scope.Rechoose(model, choice);
                }
            }

            var artifact = await _source.ResolveAsync(model, token).ConfigureAwait(false);
            var isExact = model.Length != artifact.Id.Length;
            var acquired = isExact
                ? await AcquireExactAsync(scope, artifact, default, excluded: null, token).ConfigureAwait(false)
                : await AcquireCurrentAsync(scope, artifact, token).ConfigureAwait(false);
            return StartLease(scope, acquired, choice);
        }
        finally
        {
            linked?.Dispose();
        }
    }

    /// <summary>Takes a reference for a lease's step, value or read.</summary>
    /// <exception cref="ObjectDisposedException">The lease was disposed.</exception>
    internal ModelEntry Hold(ModelLease lease)
    {
        lock (_gate)
        {
            // Dispose sets its flag before it takes this lock to give up its own reference: if the flag is down here, that reference still counts.
            ObjectDisposedException.ThrowIf(lease.IsDisposed, lease);
            lease.Entry.References++;
            return lease.Entry;
        }
    }

    internal void Release(ModelEntry entry)
    {
        var effects = default(PoolEffects);
        var isAbandoned = false;
        lock (_gate)
        {
            isAbandoned = GiveUp(entry, ref effects);
        }

        AfterRelease(entry, effects, isAbandoned);
    }

    internal void EndLease(ModelLease lease)
    {
        var effects = default(PoolEffects);
        ModelEntry entry;
        bool isAbandoned;
        lock (_gate)
        {
            entry = lease.Entry;
            entry.Leases--;
            _held.Remove(lease);
            entry.History.LastUsed = _time.GetUtcNow();
            isAbandoned = GiveUp(entry, ref effects);
        }

        AfterRelease(entry, effects, isAbandoned);
    }

    /// <summary>Gives a reference up when the device has really ended a run that was given up; it may never do.</summary>
    internal async Task ReleaseAfterAsync(ModelEntry entry, Task runEnded)
    {
        await runEnded.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Release(entry);
    }

    internal bool IsUsable(ModelEntry entry) => _health.IsUsable(entry.Device.Id);

    internal string WhyUnusable(ModelEntry entry)
    {
        var health = _health.Of(entry.Device.Id);
        return !health.IsUsable && health.Reason.Length > 0 ? health.Reason : "it was taken out";
    }

    /// <summary>Takes a lease to another device: finds or loads its model there and changes its entry, for this step and those that follow.</summary>
    /// <param name="lease">The lease; it may be disposed meanwhile.</param>
    /// <param name="from">The entry it is to leave; a lease that another step moved already stays where it is.</param>
    /// <param name="excluded">Devices that this step may not go to.</param>
    /// <param name="reason">What was wrong there, for a person.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: no other device can serve.</exception>
    internal async ValueTask MoveAsync(ModelLease lease, ModelEntry from, HashSet<string> excluded, string reason, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(lease.IsDisposed, lease);
            if (lease.Entry != from && !excluded.Contains(lease.Entry.Device.Id)) return;
        }

        Acquired acquired;
        try
        {
            acquired = await AcquireExactAsync(lease.Scope, from.Artifact, default, excluded, cancellationToken).ConfigureAwait(false);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.Unavailable or ErrorCode.FailedPrecondition)
        {
            throw NoOtherDevice(from.Name, $"{from.Device.Id} failed ({reason.TrimEnd('.')})", e);
        }

        var why = $"{from.Device.Id} failed ({reason.TrimEnd('.')}), moved to {acquired.Why}";
        var effects = default(PoolEffects);
        var left = acquired.Entry;
        var isAbandoned = false;
        bool isDisposed;
        lock (_gate)
        {
            isDisposed = lease.IsDisposed;
            if (!isDisposed && lease.Entry == from)
            {
                // The reference that was acquired becomes the lease's; the old entry loses the lease's.
                left = from;
                lease.Move(acquired.Entry, why);
                from.Leases--;
                acquired.Entry.Leases++;
                Touch(acquired.Entry);
            }

            isAbandoned = GiveUp(left, ref effects);
        }

        AfterRelease(left, effects, isAbandoned);
        ObjectDisposedException.ThrowIf(isDisposed, lease);
        if (left == from) _decisions.Add(DecisionKind.Moved, from.Name, lease.Scope.App.Name, why);
    }

    private async ValueTask<Acquired> AcquireExactAsync(
        CallScope scope, ModelArtifact artifact, VersionRoom room, HashSet<string>? excluded, CancellationToken cancellationToken)
        => (await AcquireAsync(scope, artifact, room, excluded, cancellationToken).ConfigureAwait(false))!.Value;

    /// <summary>
    /// A reference to a resident model on the device that placement chose; loads it where it is not, on another device where that one fails. Null only where
    /// the version must be the current one and is not any more.
    /// </summary>
    private async ValueTask<Acquired?> AcquireAsync(
        CallScope scope, ModelArtifact artifact, VersionRoom room, HashSet<string>? excluded, CancellationToken cancellationToken)
    {
        DeviceFaultException? fault = null;
        await _placement.PrepareAsync(artifact, scope.App, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var placement = Place(scope, artifact, excluded, fault);
            var entry = Join(scope, artifact, placement, room, out var isResident);
            if (entry is null) return null;
            var why = fault is null ? placement.Why : $"{fault.Device} failed ({fault.Message.TrimEnd('.')}), moved to {placement.Why}";
            if (isResident) return new Acquired(entry, why, IsHit: true);
            try
            {
                await WaitForLoadAsync(scope, entry, cancellationToken).ConfigureAwait(false);
                if (fault is not null) _decisions.Add(DecisionKind.Moved, entry.Name, scope.App.Name, why);
                return new Acquired(entry, why, IsHit: false);
            }
            catch (DeviceFaultException e)
            {
                fault = e;
                excluded ??= new HashSet<string>(StringComparer.Ordinal);
                if (!excluded.Add(placement.Device.Id)) throw NoOtherDevice(entry.Name, $"{e.Device} failed ({e.Message.TrimEnd('.')})", e);
            }
        }
    }

    private Placement Place(CallScope scope, ModelArtifact artifact, HashSet<string>? excluded, DeviceFaultException? fault)
    {
        Placement placement;
        try
        {
            placement = _placement.Choose(new PlacementRequest
            {
                Artifact = artifact,
                App = scope.App,
                Cost = device => PredictCost(scope, artifact, device),
                Excluded = excluded,
                Deadline = scope.Deadline,
            });
        }
        catch (EdgeHostException e) when (fault is not null)
        {
            throw NoOtherDevice($"{artifact.Id}@{artifact.Version}", $"{fault.Device} failed ({fault.Message.TrimEnd('.')})", e);
        }

        // A device that failed this step is not asked again, whatever placement thinks of it.
        if (excluded?.Contains(placement.Device.Id) == true)
        {
            throw NoOtherDevice($"{artifact.Id}@{artifact.Version}", fault is null ? $"{placement.Device.Id} failed" : $"{fault.Device} failed ({fault.Message.TrimEnd('.')})", fault);
        }

        return placement;
    }

    private static EdgeHostException NoOtherDevice(string model, string what, Exception? cause)
        => new(
            ErrorCode.Unavailable,
            cause is null or DeviceFaultException
                ? $"{what}, and no other device can run '{model}'; `edgehost doctor` tests the devices."
                : $"{what}, and no other device can run '{model}': {cause.Message}",
            cause)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    private PlacementCost PredictCost(CallScope scope, ModelArtifact artifact, DeviceDescription device)
    {
        var key = new ModelKey(artifact.Id, artifact.Version, artifact.Variant, device.Id);
        TimeSpan load;
        lock (_gate)
        {
            load = _entries.TryGetValue(key, out var entry) && entry.State == ModelState.Resident ? TimeSpan.Zero
                : _history.TryGetValue(key, out var history) && history.LoadTime > TimeSpan.Zero ? history.LoadTime
                : GuessLoadTime(artifact);
        }

        return new PlacementCost(
            Scheduler.PredictWait(device.Id, scope.Priority), load, _latencies.Estimate($"{artifact.Id}@{artifact.Version}", device.Id, shapeBucket: null));
    }

    private ModelLease StartLease(CallScope scope, in Acquired acquired, VersionChoice? choice)
    {
        var entry = acquired.Entry;
        var lease = new ModelLease(this, scope, entry, acquired.Why, _time.GetTimestamp(), choice);
        lock (_gate)
        {
            // The reference of the join becomes the lease's.
            entry.Leases++;
            _held.Add(lease);
            if (acquired.IsHit)
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

    // Under the lock.
    private void Touch(ModelEntry entry)
    {
        entry.Uses++;
        entry.IsWorkingMemoryReleased = false;
        entry.History.LastUsed = _time.GetUtcNow();
        entry.Rank = _ranking.Rank(entry.Uses, entry.History.LoadTime, entry.Bytes);
    }

    // Under the lock. True if a load lost its last waiter and is to be cancelled after the lock: cancelling runs the engine's callback.
    private bool GiveUp(ModelEntry entry, ref PoolEffects effects)
    {
        if (--entry.References > 0) return false;
        switch (entry.State)
        {
            case ModelState.Loading:
                Abandon(entry);
                return true;
            case ModelState.Unloading when !entry.IsLeaving:
                StartLeaving(entry, ref effects);
                break;
            case ModelState.Resident:
                BecameIdle(entry, ref effects);
                break;
        }

        return false;
    }

    private void AfterRelease(ModelEntry entry, in PoolEffects effects, bool isAbandoned)
    {
        if (isAbandoned) entry.LoadCancellation.Cancel();
        CarryOut(effects);
    }

    /// <summary>A reference to a resident model.</summary>
    /// <param name="Entry">The model on its device.</param>
    /// <param name="Why">Why that device.</param>
    /// <param name="IsHit">Whether it was resident.</param>
    private readonly record struct Acquired(ModelEntry Entry, string Why, bool IsHit);
}
