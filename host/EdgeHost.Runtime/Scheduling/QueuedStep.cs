namespace EdgeHost.Runtime.Scheduling;

/// <summary>A step in a device's queue or on the device. Mutable members are guarded by the queue's lock.</summary>
internal sealed class QueuedStep : TaskCompletionSource<StepCompletion>
{
    public QueuedStep(DeviceWorkers owner, StepRequest request, long sequence, DateTimeOffset enqueued, long timestamp)
        : base(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        Owner = owner;
        Request = request;
        Sequence = sequence;
        Enqueued = enqueued;
        Timestamp = timestamp;
    }

    public DeviceWorkers Owner { get; }

    public StepRequest Request { get; }

    public long Sequence { get; }

    public DateTimeOffset Enqueued { get; }

    /// <summary>When it was queued, for measuring.</summary>
    public long Timestamp { get; }

    public QueuedStepState State { get; set; }

    /// <summary>Stops the run; set while it runs.</summary>
    public CancellationTokenSource? Termination { get; set; }

    /// <summary>Somebody got hold of <see cref="Termination"/> to cancel it, so it must not serve another step.</summary>
    public bool IsTerminating { get; set; }

    /// <summary>Its place in order of arrival.</summary>
    public LinkedListNode<QueuedStep>? Arrival { get; set; }
}
