using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Scheduling;

/// <content>The threads: take a run from the schedule, run it, give everyone in it his end.</content>
internal sealed partial class DeviceWorkers
{
    private void StartThreads()
    {
        _isStarted = true;
        for (var i = 0; i < _concurrency + _schedule.ExtraSlots; i++)
        {
            StartThread(i, isBackground: false);
        }
    }

    private void StartThread(int number, bool isBackground)
    {
        _liveThreads++;
        new Thread(isBackground ? WorkInBackground : Work)
        {
            IsBackground = true,
            Name = $"edgehost {_device.Id} #{number}{(isBackground ? " low" : string.Empty)}",
        }.Start();
    }

    private void Work()
    {
        var expired = new List<StepTicket>();
        while (Take(expired) is { } run)
        {
            if (IsForBackgroundThread(run) && TryHandOver(run)) continue;
            if (!Execute(run)) return;
        }

        ThreadEnds();
    }

    private void ThreadEnds()
    {
        lock (_gate)
        {
            _liveThreads--;
            CompleteStopIfIdle();
        }
    }

    private DeviceRun? Take(List<StepTicket> expired)
    {
        while (true)
        {
            DeviceRun? run;
            List<DeviceRun>? stops = null;
            lock (_gate)
            {
                while (true)
                {
                    if (_isStopping) return null;
                    var now = _time.GetUtcNow();
                    run = (DeviceRun?)_schedule.TryStart(now, expired);
                    foreach (var ticket in expired)
                    {
                        ((QueuedStep)ticket).State = QueuedStepState.Ended;
                        _counts.Expired++;
                    }

                    if (run is not null)
                    {
                        Begin(run);
                        if (_schedule.Waiting > 0)
                        {
                            stops = StopForOthers(now);
                            PulseIfFree();
                        }
                    }

                    if (run is not null || expired.Count > 0) break;
                    ArmForSchedule(now);
                    Monitor.Wait(_gate);
                }
            }

            foreach (var ticket in expired)
            {
                var step = (QueuedStep)ticket;
                _services.Meter.StepEvent(_device.Id, "expired");
                _decisions.Dropped(step.Request);
                step.TryFail(Expired(step.Request));
            }

            expired.Clear();
            Stop(stops, null);
            if (run is not null) return run;
        }
    }

    private void Begin(DeviceRun run)
    {
        foreach (var ticket in run.Tickets)
        {
            var step = (QueuedStep)ticket;
            step.State = QueuedStepState.Running;
            step.Run = run;
        }

        run.Termination = _spareTerminations.TryPop(out var spare) ? spare : new CancellationTokenSource();
        run.StartTimestamp = _time.GetTimestamp();
        Watch(run);
    }

    /// <summary>Runs and ends a run on this thread.</summary>
    /// <returns>False if the thread was given up meanwhile and has to go.</returns>
    private bool Execute(DeviceRun run)
    {
        var result = _runner.Run(run);
        var runTime = _time.GetElapsedTime(run.StartTimestamp);
        bool isStopping;
        bool isPreempted;
        bool isAbandoned;
        bool goesOn = true;
        lock (_gate)
        {
            isAbandoned = run.IsAbandoned;
            if (isAbandoned) goesOn = Reclaim(run);
            isStopping = _isStopping;
            isPreempted = !isAbandoned && run.IsPreempted && !run.IsOverLimit && !isStopping && MarkForRequeue(run, result);
            if (!isAbandoned) End(run, result, runTime, isPreempted);
            if (_schedule.Waiting > 0) WakeWorkers();
        }

        if (isAbandoned)
        {
            EndAbandoned(run, result, runTime);
            return goesOn;
        }

        Report(run, result, runTime);
        for (var i = 0; i < run.Tickets.Count; i++)
        {
            var step = (QueuedStep)run.Tickets[i];
            if (!isPreempted || step.Run == run) Finish(run, step, result.Of(i), runTime, isStopping);
        }

        return true;
    }

    private void End(DeviceRun run, in RunResult result, TimeSpan runTime, bool isPreempted)
    {
        var outcome = isPreempted ? RunOutcome.Preempted : result is { IsSuccess: true, WasJoined: true } ? RunOutcome.Completed : RunOutcome.Failed;
        _schedule.End(run, runTime, outcome, static ticket => ((QueuedStep)ticket).State == QueuedStepState.Queued);
        Count(run, result, runTime);
        if (!run.IsTerminating && run.Termination.TryReset()) _spareTerminations.Push(run.Termination);
        if (!run.IsOnCaller) return;
        _runningOnCallers--;
        CompleteStopIfIdle();
    }

    /// <summary>Of a run that was stopped for others: puts the steps that are still wanted and have no outcome back to waiting. False if there are none.</summary>
    private static bool MarkForRequeue(DeviceRun run, in RunResult result)
    {
        var any = false;
        for (var i = 0; i < run.Tickets.Count; i++)
        {
            var step = (QueuedStep)run.Tickets[i];
            if (!result.Of(i).WasTerminated || step.IsCancelled) continue;
            step.State = QueuedStepState.Queued;
            step.Run = null;
            any = true;
        }

        return any;
    }

    private void Count(DeviceRun run, in RunResult result, TimeSpan runTime)
    {
        _counts.Busy += runTime;
        if (run.Tickets.Count > 1 && result.WasJoined)
        {
            _counts.Batches++;
            _counts.BatchedSteps += run.Tickets.Count;
        }

        for (var i = 0; i < run.Tickets.Count; i++)
        {
            var step = (QueuedStep)run.Tickets[i];
            if (step.State == QueuedStepState.Queued)
            {
                _counts.Preempted++;
                continue;
            }

            step.State = QueuedStepState.Ended;
            var outcome = result.Of(i);
            if (outcome.Outputs is not null) _counts.Completed++;
            else if (step.IsCancelled) _counts.Cancelled++;
            else _counts.Failed++;
        }

        var milliseconds = runTime.TotalMilliseconds;
        _meanRunMilliseconds = _meanRunMilliseconds == 0 ? milliseconds : (0.9 * _meanRunMilliseconds) + (0.1 * milliseconds);
    }

    /// <summary>Tells what a run showed to those who learn from it.</summary>
    private void Report(DeviceRun run, in RunResult result, TimeSpan runTime)
    {
        var share = runTime / run.Tickets.Count;
        for (var i = 0; i < run.Tickets.Count; i++)
        {
            var step = (QueuedStep)run.Tickets[i];
            if (step.Run != run) continue;
            _services.Shares.Ran(step.App, share);
            step.Request.Account?.Charge(share);
        }

        if (run.Tickets.Count > 1 && result.WasJoined) _services.Meter.StepsJoined(_device.Id, run.Tickets.Count);
        if (result.IsSuccess)
        {
            if (result.WasJoined) _services.Latencies.Observe(run.Head.Model, _device.Id, result.Bucket, runTime);
            _services.Health.StepSucceeded(_device.Id);
        }
        else if (FaultIn(run, result) is { } fault)
        {
            _services.Health.Faulted(_device.Id, run.Head.Model, fault.Message);
        }
    }

    private static DeviceFaultException? FaultIn(DeviceRun run, in RunResult result)
    {
        for (var i = 0; i < run.Tickets.Count; i++)
        {
            if (result.Of(i).Failure is DeviceFaultException fault) return fault;
        }

        return null;
    }

    private void Finish(DeviceRun run, QueuedStep step, in StepOutcome outcome, TimeSpan runTime, bool isStopping)
    {
        var queueTime = _time.GetElapsedTime(step.Timestamp, run.StartTimestamp);
        _services.Meter.StepEnded(_device.Id, step.Priority, queueTime, runTime);
        if (queueTime > _options.AgeingLimit) _decisions.WaitedLong(step.Request, queueTime);
        if (outcome.Outputs is { } outputs)
        {
            if (!step.TryComplete(new StepCompletion(outputs, queueTime, runTime, run.Tickets.Count))) outcome.DisposeOutputs();
        }
        else if (!outcome.WasTerminated)
        {
            _services.Meter.StepEvent(_device.Id, "failed");
            step.TryFail(outcome.Failure!);
        }
        else if (step.IsCancelled)
        {
            _services.Meter.StepEvent(_device.Id, "cancelled");
            step.TryCancel(step.CancelledBy);
        }
        else if (isStopping)
        {
            step.TryFail(Stopping());
        }
        else
        {
            step.TryFail(OverLimit(run, step.Request));
        }
    }
}
