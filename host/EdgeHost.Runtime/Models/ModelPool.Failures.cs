using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Engines;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <content>Loads that fail or do not end, and what is remembered of them.</content>
internal sealed partial class ModelPool
{
    /// <summary>Ends a load without a model. Nothing of it stays but the reason, and how often it failed for a reason of its own.</summary>
    private void Fail(ModelEntry entry, EdgeHostException error, bool isFault)
    {
        lock (_gate)
        {
            entry.State = ModelState.Unavailable;
            entry.Reason = error.Message;
            if (isFault) RecordFailure(entry.History, error);
            Forget(entry);
        }

        if (isFault) ReportFailure(entry, error);
        FailWaiters(entry, error);
        entry.Settled.TrySetResult();
        entry.Gone.TrySetResult();
    }

    /// <summary>
    /// The engine does not come back: whoever waits goes on without it. The entry's bytes stay charged until it does, since nobody can take them from it.
    /// </summary>
    private async Task GiveUpLoadAsync(ModelEntry entry, Task<IEngineSession> load)
    {
        var isDevices = entry.Device.Kind != DeviceKind.Cpu;
        var message = $"Loading '{entry.Name}' on '{entry.Device.Id}' did not end within {_options.LoadTimeout}";
        var error = isDevices
            ? new DeviceFaultException(entry.Device.Id, $"{message}.")
            : new EdgeHostException(ErrorCode.InvalidArgument, $"{message}; its graph may not end, or raise LoadTimeout.");
        var effects = default(PoolEffects);
        lock (_gate)
        {
            RecordFailure(entry.History, error);
            entry.IsStuck = true;
            if (entry.IsInPool) Leave(entry, message, ref effects);
            entry.State = ModelState.Unavailable;
            entry.Reason = error.Message;
            _ledger.StopLeaving(entry);
            _ledger.StartLeaving(entry);
        }

        CarryOut(effects);
        entry.Settled.TrySetResult();
        ReportFailure(entry, error);
        FailWaiters(entry, error);
        if (isDevices) _health.Hung(entry.Device.Id, entry.Name, _options.LoadTimeout);
        await entry.LoadCancellation.CancelAsync().ConfigureAwait(false);
        try
        {
            entry.Session = await load.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The boundary to the engine: its load was given up, and its end only frees the bytes. Logged here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogInformation(e, "The load of {Model} on {Device} that was given up has ended.", entry.Name, entry.Device.Id);
        }

        if (isDevices) _health.HangEnded(entry.Device.Id);
        Unload([entry]);
    }

    // Under the lock.
    private void RecordFailure(ModelHistory history, EdgeHostException error)
    {
        history.Failure = error;
        var isItsOwn = error.Code is ErrorCode.InvalidArgument or ErrorCode.DataLoss;
        history.Failures = isItsOwn ? history.Failures + 1 : 0;
        history.RetryAt = history.Failures <= 1 ? default : _time.GetUtcNow() + FailurePause(history.Failures - 1);
    }

    private void ReportFailure(ModelEntry entry, EdgeHostException error)
    {
        _meter.ModelFailed(entry.Name, error.Code);
        _logger.LogWarning("Loading {Model} on {Device} failed with {Code}: {Message}", entry.Name, entry.Device.Id, error.Code, error.Message);
    }

    private static void FailWaiters(ModelEntry entry, EdgeHostException error)
    {
        entry.Loaded.TrySetException(error);

        // All waiters may have left; then nobody else looks at it.
        _ = entry.Loaded.Task.Exception;
    }

    // Under the lock. What a model that failed lately answers in place of another attempt; null where it may be tried.
    private EdgeHostException? RecordedFailure(ModelHistory history)
    {
        var wait = history.RetryAt - _time.GetUtcNow();
        return history.Failure is not { } failure || wait <= TimeSpan.Zero
            ? null
            : new EdgeHostException(failure.Code, $"{failure.Message} It failed {history.Failures} times in a row and is tried again in {wait.TotalSeconds:0.#} s.")
            {
                RetryAfter = wait,
                Details = failure.Details,
            };
    }

    /// <summary>The pause after so many failures in a row: doubles up to its limit.</summary>
    private TimeSpan FailurePause(int failures)
        => TimeSpan.FromTicks(Math.Min(_options.MaxFailedLoadPause.Ticks, _options.FailedLoadPause.Ticks << Math.Min(failures - 1, 16)));
}
