using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>A step in a device's queue or on the device. Mutable members are guarded by the device's lock.</summary>
internal sealed class QueuedStep : StepTicket
{
    private readonly TaskCompletionSource<StepCompletion> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isCancelled;

    public required DeviceWorkers Owner { get; init; }

    public required StepRequest Request { get; init; }

    /// <summary>When it came, for measuring.</summary>
    public required long Timestamp { get; init; }

    /// <summary>What <see cref="ShapeBucket"/> made of its inputs.</summary>
    public required long Bucket { get; init; }

    public Task<StepCompletion> Task => _completion.Task;

    public QueuedStepState State { get; set; }

    /// <summary>The run it is part of; set while it runs.</summary>
    public DeviceRun? Run { get; set; }

    /// <summary>Whether its caller wants it no more. Set under the lock, read anywhere.</summary>
    public bool IsCancelled => _isCancelled;

    /// <summary>The caller's token; of use once cancelled.</summary>
    public CancellationToken CancelledBy { get; private set; }

    public void MarkCancelled(CancellationToken token)
    {
        CancelledBy = token;
        _isCancelled = true;
    }

    /// <summary>Gives it its end; outside the lock. The first end counts.</summary>
    /// <returns>False if it had one: the outputs stay the giver's.</returns>
    public bool TryComplete(in StepCompletion completion) => _completion.TrySetResult(completion);

    /// <inheritdoc cref="TryComplete"/>
    public bool TryFail(Exception failure) => _completion.TrySetException(failure);

    /// <inheritdoc cref="TryComplete"/>
    public bool TryCancel(CancellationToken token) => _completion.TrySetCanceled(token);
}
