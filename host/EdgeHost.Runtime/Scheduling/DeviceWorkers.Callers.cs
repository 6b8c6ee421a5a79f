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

    private Task<StepCompletion> RunOnCaller(QueuedStep step, CancellationToken cancellationToken)
    {
        var termination = step.Termination!;
        using (Register(step, cancellationToken))
        {
            Run(step, termination.Token);
        }

        lock (_gate)
        {
            if (!step.IsTerminating && termination.TryReset()) _spareTerminations.Push(termination);
            _runningOnCallers--;
            CompleteStopIfIdle();
        }

        return step.Task;
    }

    private void Cancel(QueuedStep step, CancellationToken token)
    {
        CancellationTokenSource? termination = null;
        lock (_gate)
        {
            if (step.State == QueuedStepState.Ended) return;
            if (step.State == QueuedStepState.Running)
            {
                step.IsTerminating = true;
                termination = step.Termination;
            }
            else
            {
                _queue.Remove(step);
                step.State = QueuedStepState.Ended;
            }
        }

        if (termination is null) step.TrySetCanceled(token);
        else termination.Cancel();
    }
}
