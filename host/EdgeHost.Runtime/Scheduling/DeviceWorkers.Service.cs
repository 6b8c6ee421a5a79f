using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling.Policies;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Scheduling;

/// <content>
/// In and out of service: runs that did not come back, a device that failed, classes that have to rest. A slot whose run does not come back is replaced on the
/// processor, as often as the device has slots; on any other device it is lost until that run ends, because the hardware is still at it.
/// </content>
internal sealed partial class DeviceWorkers
{
    private int _replaced;

    /// <summary>The device's health changed: where it may not be used, what waits is given back so that it runs elsewhere.</summary>
    public void OnHealthChanged()
    {
        List<QueuedStep>? stranded = null;
        lock (_gate)
        {
            if (!IsInService) stranded = TakeAllWaiting();
        }

        FailStranded(stranded);
    }

    /// <summary>The machine's state changed: lower classes rest, or go on.</summary>
    public void OnConditionsChanged(CallPriority minimumPriority, string reason)
    {
        List<DeviceRun>? stops = null;
        lock (_gate)
        {
            if (_schedule.MinimumPriority == minimumPriority) return;
            _schedule.MinimumPriority = minimumPriority;
            while (_schedule.PreemptResting() is DeviceRun run)
            {
                MarkTerminating(run);
                (stops ??= []).Add(run);
            }

            if (_schedule.Waiting > 0) Monitor.PulseAll(_gate);
        }

        foreach (var run in stops ?? [])
        {
            _services.Meter.StepEvent(_device.Id, "preempted");
            _decisions.Preempted(((QueuedStep)run.Head).Request, $"its class rests ({reason})");
            run.Termination.Cancel();
        }
    }

    /// <summary>Gives a run up. Under the lock; told to the world by <see cref="ReportAbandoned"/>.</summary>
    private void Abandon(DeviceRun run)
    {
        run.Ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _abandoned.Add(run);
        _counts.Abandoned++;
        _counts.Failed += run.Tickets.Count;
        _schedule.End(run, _time.GetElapsedTime(run.StartTimestamp), RunOutcome.Failed);
        foreach (var ticket in run.Tickets)
        {
            ((QueuedStep)ticket).State = QueuedStepState.Ended;
        }

        if (run.IsOnCaller) _runningOnCallers--;
        else _liveThreads--;
        if (_device.Kind == DeviceKind.Cpu && _replaced < _concurrency)
        {
            _replaced++;
            if (!run.IsOnCaller && !_isStopping) StartThread(_concurrency + _replaced, run.IsOnBackgroundThread);
        }
        else
        {
            run.HasLostSlot = true;
            _schedule.Slots--;
        }

        CompleteStopIfIdle();
    }

    /// <summary>An abandoned run ended after all: its slot comes back, or its thread goes where another took its place. Under the lock.</summary>
    /// <returns>Whether the thread goes on.</returns>
    private bool Reclaim(DeviceRun run)
    {
        _abandoned.Remove(run);
        if (!run.HasLostSlot)
        {
            _replaced--;
            return false;
        }

        _schedule.Slots++;
        if (run.IsOnCaller) return true;
        _liveThreads++;
        return true;
    }

    private void ReportAbandoned(DeviceRun run)
    {
        var request = ((QueuedStep)run.Head).Request;
        var running = _time.GetElapsedTime(run.StartTimestamp);
        _services.Logger.LogError(
            "A run of {Model} on {Device} did not come back {Grace} after it was told to end ({Running} after its start); it is given up.",
            request.Model,
            _device.Id,
            Durations.Text(_options.TerminationGrace),
            Durations.Text(running));
        _services.Meter.StepEvent(_device.Id, "abandoned");
        _decisions.OverLimit(request, $"A run on {_device.Id} did not come back in {StepDecisions.Text(running)} and was given up.");

        // The device is blamed before the callers hear of it, so that they do not choose it again.
        _services.Health.Hung(_device.Id, request.Model, running);
        foreach (var ticket in run.Tickets)
        {
            ((QueuedStep)ticket).TryFail(new DeviceFaultException(
                _device.Id,
                $"A step of '{ticket.Model}' on '{_device.Id}' did not end within {StepDecisions.Text(_options.TerminationGrace)} of being told to, and was given up.")
            {
                HasStarted = true,
                RunEnded = run.Ended!.Task,
            });
        }
    }

    private void EndAbandoned(DeviceRun run, in RunResult result, TimeSpan runTime)
    {
        for (var i = 0; i < run.Tickets.Count; i++)
        {
            result.Of(i).DisposeOutputs();
        }

        _services.Logger.LogWarning("A run of {Model} on {Device} that was given up ended after {Running}.", run.Head.Model, _device.Id, runTime);
        _services.Health.HangEnded(_device.Id);
        run.Ended!.TrySetResult();
    }

    private void FailStranded(List<QueuedStep>? stranded)
    {
        if (stranded is null || stranded.Count == 0) return;
        var fault = OutOfService();
        foreach (var step in stranded)
        {
            // Each gets an exception of its own: a shared one would collect the stacks of all who await it.
            step.TryFail(new DeviceFaultException(_device.Id, fault.Message));
        }
    }
}
