using EdgeHost.Runtime.Conditions;

namespace EdgeHost.Jobs.Running;

/// <summary>Holds a job back while the machine or its app's limits want it to rest, and says why. Thread-safe.</summary>
internal sealed class PauseGate(JobEntry entry, AppIdentity app, IMachineConditions conditions, IJobAccounts? accounts, TimeProvider time)
{
    // The machine says when it changes; what an app may use is looked at.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private volatile string? _held;

    /// <summary>Whether memory is so short that a job gives back what it holds.</summary>
    public bool WantsMemory => conditions.Current.Memory >= MemoryPressureLevel.Severe;

    /// <summary>Calls when the machine's state changes; ends when disposed.</summary>
    public IDisposable OnChange(Action changed) => conditions.OnChange(_ => changed());

    /// <summary>Says why the job rests, or that it goes on: a job that waits in the schedule's queue rests too when its class does.</summary>
    public void Tell() => entry.Rest(Why() ?? _held);

    /// <summary>The job rests for a reason of its own; null when it is over.</summary>
    public void Hold(string? reason)
    {
        _held = reason;
        Tell();
    }

    /// <summary>Waits until the job may go on.</summary>
    public ValueTask WaitAsync(CancellationToken cancellationToken) => Why() is null ? ValueTask.CompletedTask : new ValueTask(WaitForChangeAsync(cancellationToken));

    private async Task WaitForChangeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var subscription = conditions.OnChange(_ => changed.TrySetResult());
            if (Why() is not { } reason) break;
            entry.Rest(reason);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed.Task, Task.Delay(Look, time, either.Token)).ConfigureAwait(false);
            await either.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        entry.Rest(null);
    }

    private string? Why()
    {
        var now = conditions.Current;
        if (now.MinimumPriority > CallPriority.Training || WantsMemory) return now.Reason.Length > 0 ? now.Reason : "the machine's state lets no training run";
        return accounts?.WhyResting(app);
    }
}
