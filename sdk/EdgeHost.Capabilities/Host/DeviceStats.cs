using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Host;

/// <summary>A device and its queue at one moment. Counts are of model steps since the host started.</summary>
[WireMessage]
public sealed partial class DeviceStats
{
    /// <summary>Its id, for example cpu or gpu0.</summary>
    public required string Id { get; init; }

    /// <summary>Its kind.</summary>
    public required DeviceKind Kind { get; init; }

    /// <summary>Vendor and model.</summary>
    public string? Name { get; init; }

    /// <summary>The engine's provider for it, for example CPUExecutionProvider.</summary>
    public string? Provider { get; init; }

    /// <summary>Bytes of memory of its own; absent where it shares the machine's or nobody knows.</summary>
    [WireField(Minimum = 0)]
    public long? MemoryBytes { get; init; }

    /// <summary>Whether it only exists for tests.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>Whether it may be used.</summary>
    public required DeviceHealthStatus Health { get; init; }

    /// <summary>Why; absent for a device that never failed.</summary>
    public string? HealthReason { get; init; }

    /// <summary>Milliseconds until a failed device is tested again; absent for others.</summary>
    [WireField(Minimum = 0)]
    public long? ProbeInMs { get; init; }

    /// <summary>Times that the device failed.</summary>
    [WireField(Minimum = 0)]
    public long Faults { get; init; }

    /// <summary>Runs that did not come back.</summary>
    [WireField(Minimum = 0)]
    public long Hangs { get; init; }

    /// <summary>Interactive steps that wait.</summary>
    [WireField(Minimum = 0)]
    public int QueuedInteractive { get; init; }

    /// <summary>Normal steps that wait.</summary>
    [WireField(Minimum = 0)]
    public int QueuedNormal { get; init; }

    /// <summary>Background steps that wait.</summary>
    [WireField(Minimum = 0)]
    public int QueuedBackground { get; init; }

    /// <summary>Training steps that wait.</summary>
    [WireField(Minimum = 0)]
    public int QueuedTraining { get; init; }

    /// <summary>Steps on the device; a batch counts each of its steps.</summary>
    [WireField(Minimum = 0)]
    public int Running { get; init; }

    /// <summary>Runs it does at once.</summary>
    [WireField(Minimum = 0)]
    public int Concurrency { get; init; }

    /// <summary>Steps that ran to their end.</summary>
    [WireField(Minimum = 0)]
    public long Completed { get; init; }

    /// <summary>Steps that failed on the device.</summary>
    [WireField(Minimum = 0)]
    public long Failed { get; init; }

    /// <summary>Steps refused because the queue was full.</summary>
    [WireField(Minimum = 0)]
    public long Rejected { get; init; }

    /// <summary>Steps refused because they could not have met their deadline.</summary>
    [WireField(Minimum = 0)]
    public long Hopeless { get; init; }

    /// <summary>Steps dropped because their deadline passed in the queue.</summary>
    [WireField(Minimum = 0)]
    public long Expired { get; init; }

    /// <summary>Runs of background steps that were stopped for a more urgent one and queued again.</summary>
    [WireField(Minimum = 0)]
    public long Preempted { get; init; }

    /// <summary>Steps that were cancelled, queued or running.</summary>
    [WireField(Minimum = 0)]
    public long Cancelled { get; init; }

    /// <summary>Runs that did not come back and were given up.</summary>
    [WireField(Minimum = 0)]
    public long Abandoned { get; init; }

    /// <summary>Runs of more than one step.</summary>
    [WireField(Minimum = 0)]
    public long Batches { get; init; }

    /// <summary>Steps in those.</summary>
    [WireField(Minimum = 0)]
    public long BatchedSteps { get; init; }

    /// <summary>Microseconds in which its slots were busy, summed over slots.</summary>
    [WireField(Minimum = 0)]
    public long BusyUs { get; init; }

    /// <summary>The busy share of its slots since the host started, 0 to 1. For the last seconds take the difference of two answers.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public double Utilization { get; init; }

    /// <summary>The smoothed run time of a step in microseconds; 0 before the first.</summary>
    [WireField(Minimum = 0)]
    public long MeanRunUs { get; init; }

    /// <summary>How long the oldest queued step waits.</summary>
    [WireField(Minimum = 0)]
    public long OldestWaitMs { get; init; }

    /// <summary>How long the oldest running step runs.</summary>
    [WireField(Minimum = 0)]
    public long OldestRunMs { get; init; }

    /// <summary>The model of the oldest running step as id@version; absent if none runs.</summary>
    public string? OldestRunModel { get; init; }
}
