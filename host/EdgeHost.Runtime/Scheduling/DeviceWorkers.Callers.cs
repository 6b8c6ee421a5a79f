namespace EdgeHost.Runtime.Scheduling;

/// <content>What the thread that asks for a step does: runs it itself, waits for it, cancels it.</content>
internal sealed partial class DeviceWorkers
{
    private static async Task<StepCompletion> WithCancellationAsync(QueuedStep step, CancellationToken cancellationToken)
    {
        await using (Register(step, cancellationToken).ConfigureAwait(false))
        {
            return await step.Task.ConfigureAwait(false);
        }
    }

    // Called outside the lock: a token that is cancelled already calls back at once.
    private static CancellationTokenRegistration Register(QueuedStep step, CancellationToken cancellationToken)
        => cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var queued = (QueuedStep)state!;
                queued.Owner.Cancel(queued, token);
            },
            step);

    private Task<StepCompletion> RunOnCaller(DeviceRun run, QueuedStep step, CancellationToken cancellationToken)
    {
        using (Register(step, cancellationToken))
        {
            Execute(run);
        }

        // A step that was stopped for a more urgent one waits in the queue now, and runs on a worker.
        return step.Task.IsCompleted || !cancellationToken.CanBeCanceled ? step.Task : WithCancellationAsync(step, cancellationToken);
    }

    private void Cancel(QueuedStep step, CancellationToken token)
    {
        DeviceRun? stop = null;
        lock (_gate)
        {
            if (step.State == QueuedStepState.Ended || step.IsCancelled) return;
            step.MarkCancelled(token);
            if (step.State == QueuedStepState.Running)
            {
                // Others in the same run go on; the cancelled one's outputs are dropped at its end.
                if (!step.Run!.IsUnwanted || step.Run.IsTerminating) return;
                stop = step.Run;
                MarkTerminating(stop);
            }
            else
            {
                _schedule.Remove(step);
                step.State = QueuedStepState.Ended;
                _counts.Cancelled++;
                if (_schedule.Waiting > 0) Monitor.Pulse(_gate);
            }
        }

        if (stop is not null)
        {
            stop.Termination.Cancel();
            return;
        }

        _services.Meter.StepEvent(_device.Id, "cancelled");
        step.TryCancel(token);
    }
}
