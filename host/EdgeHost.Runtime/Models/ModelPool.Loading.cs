using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Decisions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>Single-flight loading.</content>
internal sealed partial class ModelPool
{
    /// <summary>What a disk of this kind of machine reads in a second, for the load time of a model that never was loaded.</summary>
    private const double GuessedBytesPerSecond = 300e6;

    private static readonly TimeSpan GuessedLoadOverhead = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Takes a reference to the model's entry; the first to ask reserves its memory and starts the load. Null where another version took over meanwhile and the
    /// lease named none.
    /// </summary>
    private ModelEntry? Join(CallScope scope, ModelArtifact artifact, Placement placement, VersionRoom room, out bool isResident)
    {
        var device = placement.Device;
        var key = new ModelKey(artifact.Id, artifact.Version, artifact.Variant, device.Id);
        ModelEntry? entry;
        lock (_gate)
        {
            if (_entries.TryGetValue(key, out entry))
            {
                entry.References++;
                isResident = entry.State == ModelState.Resident;
                return entry;
            }
        }

        isResident = false;
        EnsureHistoryIsRead();
        var effects = default(PoolEffects);
        EdgeHostException? refusal = null;
        Task[] leaving = [];
        lock (_gate)
        {
            if (_isDisposed) throw new EdgeHostException(ErrorCode.Unavailable, "The host is stopping and loads no further models.");
            if (_entries.TryGetValue(key, out entry))
            {
                // Another caller was faster.
                entry.References++;
                isResident = entry.State == ModelState.Resident;
                return entry;
            }

            if (room.IsForCurrent && (IsOutdated(artifact) || IsGivingWay(artifact))) return null;
            var history = Remember(key);
            history.StartWith(artifact.GraphSha256);
            entry = new ModelEntry(key, artifact, device, history, placement.Why) { References = 1 };
            var bytes = Reservation(artifact, history);
            refusal = RecordedFailure(history)
                ?? (TryMakeRoom(bytes, $"to make room for {entry.Name}", ref effects, room) ? null : OverBudget($"The model '{entry.Name}'", bytes, entry));
            if (refusal is null)
            {
                entry.IsInPool = true;
                _entries.Add(key, entry);
                _ledger.SetSession(entry, bytes);
                leaving = [.. _outside.Where(other => other.CountsAsFree).Select(other => other.Settled.Task)];
            }
        }

        CarryOut(effects);
        if (refusal is not null)
        {
            Refused(entry.Name, scope.App.Name, refusal);
            throw refusal;
        }

        // Not with the load's token: a task that never starts would never give the bytes back.
        _ = Task.Run(() => LoadAsync(entry, scope.App.Name, leaving), CancellationToken.None);
        return entry;
    }

    private async ValueTask WaitForLoadAsync(CallScope scope, ModelEntry entry, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        try
        {
            await entry.Loaded.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            Release(entry);
            throw;
        }
        finally
        {
            scope.AddLoad(_time.GetElapsedTime(started));
        }
    }

    private async Task LoadAsync(ModelEntry entry, string app, Task[] leaving)
    {
        try
        {
            // Memory that is being freed was given to this load already; it must be free before it is used again.
            await Task.WhenAll(leaving).WaitAsync(entry.LoadCancellation.Token).ConfigureAwait(false);
            BeginLoad(entry);
            var started = _time.GetTimestamp();

            // On a thread of its own: an engine that blocks must not keep the time limit from being seen.
            var load = Task.Run(() => _engine.LoadAsync(entry.Artifact, entry.Device, entry.LoadCancellation.Token).AsTask(), CancellationToken.None);
            IEngineSession session;
            try
            {
                session = await load.WaitAsync(_options.LoadTimeout, _time, CancellationToken.None).ConfigureAwait(false);
            }
            catch (TimeoutException) when (!load.IsCompleted)
            {
                await GiveUpLoadAsync(entry, load).ConfigureAwait(false);
                return;
            }

            var loadTime = _time.GetElapsedTime(started);
            Complete(entry, app, session, Look(entry, session), loadTime);
        }
        catch (OperationCanceledException) when (entry.LoadCancellation.IsCancellationRequested)
        {
            Fail(entry, new EdgeHostException(ErrorCode.Unavailable, $"The load of '{entry.Name}' was stopped."), isFault: false);
        }
        catch (DeviceFaultException e)
        {
            _health.Faulted(entry.Device.Id, entry.Name, e.Message);
            Fail(entry, e, isFault: true);
        }
        catch (EdgeHostException e)
        {
            Fail(entry, e, isFault: true);
        }
#pragma warning disable CA1031 // The boundary to the engine: whatever it throws fails this load alone. Logged and mapped here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "Loading {Model} on {Device} failed in the engine.", entry.Name, entry.Device.Id);
            Fail(entry, new EdgeHostException(ErrorCode.Internal, $"The engine failed to load '{entry.Name}' on '{entry.Device.Id}'.", e), isFault: true);
        }
    }

    private void BeginLoad(ModelEntry entry)
    {
        lock (_gate)
        {
            entry.LoadCancellation.Token.ThrowIfCancellationRequested();
            entry.HasLoadBegun = true;
        }
    }

    // Before the lock: the engine is asked. A session that cannot be described is not kept.
    private static (SessionMemory Memory, string Origin, ModelDescription Description) Look(ModelEntry entry, IEngineSession session)
    {
        try
        {
            return (session.MeasureMemory(), session.Origin, Describe(entry, session));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private void Complete(
        ModelEntry entry, string app, IEngineSession session, (SessionMemory Memory, string Origin, ModelDescription Description) seen, TimeSpan loadTime)
    {
        var (memory, origin, description) = seen;
        var measured = Math.Max(1, memory.TotalBytes);
        var effects = default(PoolEffects);
        EdgeHostException? overBudget = null;
        var isAbandoned = false;
        lock (_gate)
        {
            var reserved = entry.SessionBytes;
            entry.History.LoadedBytes = measured;
            entry.History.Measured(measured);
            entry.History.LoadTime = loadTime;
            entry.Session = session;
            entry.Description = description;
            entry.Memory = memory;
            entry.Origin = origin;
            if (entry.References == 0)
            {
                isAbandoned = true;
            }
            else if (!TryMakeRoom(measured - reserved, $"to make room for {entry.Name}", ref effects))
            {
                overBudget = OverBudget($"The model '{entry.Name}'", measured, entry);
            }
            else
            {
                _ledger.SetSession(entry, measured);

                // A model that is loaded ahead of its first lease must not be the first to go.
                entry.History.LastUsed = _time.GetUtcNow();
                entry.Rank = _ranking.Rank(1, loadTime, entry.Bytes);
                entry.State = entry.IsInPool ? ModelState.Resident : ModelState.Unloading;
                if (entry.IsInPool) entry.Reason = entry.Why;
                entry.History.ForgetFailure();
                entry.History.Loads++;
                _loads++;
                if (entry.IsInPool) AttachPins(entry);
                effects.Decide(
                    DecisionKind.Loaded,
                    entry.Name,
                    app,
                    $"{entry.Name} ({entry.Key.Variant}, {origin}) loaded in {loadTime.TotalMilliseconds:0} ms; {Bytes.ToText(measured)} measured, {Bytes.ToText(reserved)} reserved. {entry.Why}");
            }
        }

        CarryOut(effects);
        HistoryChanged();
        if (isAbandoned)
        {
            Unload([entry]);
            return;
        }

        if (overBudget is not null)
        {
            DisposeSession(entry);
            Refused(entry.Name, app, overBudget);
            Fail(entry, overBudget, isFault: true);
            return;
        }

        _meter.ModelLoaded(entry.Name, loadTime);
        _logger.LogInformation(
            "Loaded {Model} ({Variant}, {Origin}) on {Device} in {LoadMilliseconds:0} ms, {Bytes}.",
            entry.Name,
            entry.Key.Variant,
            origin,
            entry.Device.Id,
            loadTime.TotalMilliseconds,
            Bytes.ToText(measured));
        entry.Loaded.TrySetResult();
    }

    // Under the lock. What a load reserves until it is measured: what the model took at most so far, unless it alone would not fit with that.
    private long Reservation(ModelArtifact artifact, ModelHistory history)
    {
        if (history.PeakBytes > 0) return Math.Max(history.LoadedBytes, Math.Min(history.PeakBytes, _ledger.EffectiveBytes));
        if (artifact.EstimatedMemoryBytes is { } estimate and > 0) return estimate;
        var size = Math.Max(0, artifact.SizeBytes);
        return size > long.MaxValue / 2 ? size : size + (size / 2) + _options.SessionOverheadBytes;
    }

    private static TimeSpan GuessLoadTime(ModelArtifact artifact)
        => GuessedLoadOverhead + TimeSpan.FromSeconds(Math.Min(3600, Math.Max(0, artifact.SizeBytes) / GuessedBytesPerSecond));

    private static ModelDescription Describe(ModelEntry entry, IEngineSession session) => new()
    {
        Id = entry.Key.Id,
        Version = entry.Key.Version,
        Variant = entry.Key.Variant,
        Task = entry.Artifact.Task,
        Properties = entry.Artifact.Properties,
        Device = entry.Device.Id,
        DeviceKind = entry.Device.Kind,
        Inputs = session.Inputs,
        Outputs = session.Outputs,
    };
}
