using EdgeHost.PluginSdk;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>Single-flight loading.</content>
internal sealed partial class ModelPool
{
    /// <summary>Takes a reference to the model's entry; the first to ask reserves its memory and starts the load.</summary>
    private ModelEntry Join(ModelArtifact artifact, Placement placement, out bool isResident)
    {
        var device = placement.Device;
        var key = new ModelKey(artifact.Id, artifact.Version, artifact.Variant, device.Id);
        var unload = new List<ModelEntry>();
        ModelEntry? entry;
        Task[] leaving;
        lock (_gate)
        {
            if (_isDisposed) throw new EdgeHostException(ErrorCode.Unavailable, "The host is stopping and loads no further models.");
            if (_entries.TryGetValue(key, out entry))
            {
                entry.References++;
                isResident = entry.State == ModelState.Resident;
                return entry;
            }

            entry = new ModelEntry(key, artifact, device, Remember(key), placement.Why) { References = 1 };
            var bytes = Estimate(entry);
            if (!TryMakeRoom(bytes, $"to make room for {entry.Name}", unload)) throw OverBudget(entry, bytes);
            entry.IsInPool = true;
            _entries.Add(key, entry);
            Charge(entry, bytes);
            leaving = LeavingTasks();
        }

        isResident = false;
        StartUnload(unload);
        
        // Not with the load's token: a task that never starts would never give the bytes back.
        _ = Task.Run(() => LoadAsync(entry, leaving), CancellationToken.None);
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

    private async Task LoadAsync(ModelEntry entry, Task[] leaving)
    {
        try
        {
            // Memory that is being freed was given to this load already; it must be free before it is used again.
            await Task.WhenAll(leaving).WaitAsync(entry.LoadCancellation.Token).ConfigureAwait(false);
            var started = _time.GetTimestamp();
            var session = await _engine.LoadAsync(entry.Artifact, entry.Device, entry.LoadCancellation.Token).ConfigureAwait(false);
            Complete(entry, session, _time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (entry.LoadCancellation.IsCancellationRequested)
        {
            Fail(entry, new EdgeHostException(ErrorCode.Unavailable, $"The load of '{entry.Name}' was stopped."), isFault: false);
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

    private void Complete(ModelEntry entry, IEngineSession session, TimeSpan loadTime)
    {
        var measured = Math.Max(1, session.MeasureMemory().TotalBytes);
        var unload = new List<ModelEntry>();
        EdgeHostException? overBudget = null;
        var isAbandoned = false;
        lock (_gate)
        {
            entry.History.MeasuredBytes = measured;
            entry.History.LoadTime = loadTime;
            entry.Session = session;
            entry.Description = Describe(entry, session);
            if (entry.References == 0)
            {
                isAbandoned = true;
            }
            else if (!TryMakeRoom(measured - entry.Bytes, $"to make room for {entry.Name}", unload))
            {
                overBudget = OverBudget(entry, measured - entry.Bytes);
            }
            else
            {
                Charge(entry, measured - entry.Bytes);
                entry.State = entry.IsInPool ? ModelState.Resident : ModelState.Unloading;
                if (entry.IsInPool) entry.Reason = entry.Why;
                entry.History.Failure = null;
                entry.History.Loads++;
                _loads++;
            }
        }

        StartUnload(unload);
        if (isAbandoned)
        {
            Unload([entry]);
            return;
        }

        if (overBudget is not null)
        {
            DisposeSession(entry);
            Fail(entry, overBudget, isFault: true);
            return;
        }

        _meter.ModelLoaded(entry.Name, loadTime);
        _logger.LogInformation(
            "Loaded {Model} ({Variant}) on {Device} in {LoadMilliseconds:0} ms, {Bytes}.",
            entry.Name,
            entry.Key.Variant,
            entry.Device.Id,
            loadTime.TotalMilliseconds,
            Bytes.ToText(measured));
        entry.Loaded.TrySetResult();
    }

    /// <summary>Ends a load without a model. Nothing of it stays but the reason: the next lease tries again.</summary>
    private void Fail(ModelEntry entry, EdgeHostException error, bool isFault)
    {
        lock (_gate)
        {
            entry.State = ModelState.Unavailable;
            entry.Reason = error.Message;
            if (isFault) entry.History.Failure = error.Message;
            Forget(entry);
        }

        if (isFault)
        {
            _meter.ModelFailed(entry.Name, error.Code);
            _logger.LogWarning("Loading {Model} on {Device} failed with {Code}: {Message}", entry.Name, entry.Device.Id, error.Code, error.Message);
        }

        entry.Loaded.TrySetException(error);

        // All waiters may have left; then nobody else looks at it.
        _ = entry.Loaded.Task.Exception;
        entry.Gone.TrySetResult();
    }

    private long Estimate(ModelEntry entry)
    {
        if (entry.History.MeasuredBytes > 0) return entry.History.MeasuredBytes;
        if (entry.Artifact.EstimatedMemoryBytes is { } estimate and > 0) return estimate;
        var size = Math.Max(0, entry.Artifact.SizeBytes);
        return size > long.MaxValue / 2 ? size : size + (size / 2) + _options.SessionOverheadBytes;
    }

    private static ModelDescription Describe(ModelEntry entry, IEngineSession session) => new()
    {
        Id = entry.Key.Id,
        Version = entry.Key.Version,
        Variant = entry.Key.Variant,
        Device = entry.Device.Id,
        DeviceKind = entry.Device.Kind,
        Inputs = session.Inputs,
        Outputs = session.Outputs,
    };
}
