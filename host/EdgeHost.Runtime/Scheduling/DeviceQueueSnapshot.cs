namespace EdgeHost.Runtime.Scheduling;

/// <summary>A device's queue at one moment. Counts are since the host started. Immutable.</summary>
public sealed record DeviceQueueSnapshot
{
    /// <summary>The device's id.</summary>
    public required string Device { get; init; }

    /// <summary>The device's kind.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Queued steps by class, indexed by <see cref="CallPriority"/>.</summary>
    public required IReadOnlyList<int> Waiting { get; init; }

    /// <summary>Steps on the device; a batch counts each of its steps.</summary>
    public int Running { get; init; }

    /// <summary>Runs it does at once.</summary>
    public int Concurrency { get; init; }

    /// <summary>Steps that ran to their end.</summary>
    public long Completed { get; init; }

    /// <summary>Steps that failed on the device.</summary>
    public long Failed { get; init; }

    /// <summary>Steps refused because the queue was full.</summary>
    public long Rejected { get; init; }

    /// <summary>Steps refused because they could not have met their deadline.</summary>
    public long Hopeless { get; init; }

    /// <summary>Steps dropped because their deadline passed in the queue.</summary>
    public long Expired { get; init; }

    /// <summary>Runs of background steps that were stopped for a more urgent one and queued again.</summary>
    public long Preempted { get; init; }

    /// <summary>Steps that were cancelled, queued or running.</summary>
    public long Cancelled { get; init; }

    /// <summary>Runs of more than one step.</summary>
    public long Batches { get; init; }

    /// <summary>Steps in those.</summary>
    public long BatchedSteps { get; init; }

    /// <summary>Runs that did not come back and were given up.</summary>
    public long Abandoned { get; init; }

    /// <summary>Time in which its slots were busy, summed over slots.</summary>
    public TimeSpan BusyTime { get; init; }

    /// <summary>The smoothed run time of a step; zero before the first.</summary>
    public TimeSpan MeanRunTime { get; init; }

    /// <summary>How long the oldest queued step waits; zero if none does.</summary>
    public TimeSpan OldestWait { get; init; }

    /// <summary>How long the oldest running step runs; zero if none does.</summary>
    public TimeSpan OldestRun { get; init; }

    /// <summary>The model of the oldest running step as <c>id@version</c>, or null.</summary>
    public string? OldestRunModel { get; init; }

    /// <summary>All queued steps.</summary>
    public int Queued => Waiting.Sum();
}
