namespace EdgeHost.Runtime.Scheduling;

/// <summary>A device's queue at one moment.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="Kind">The device's kind.</param>
/// <param name="Interactive">Queued steps of that class.</param>
/// <param name="Normal">Queued steps of that class.</param>
/// <param name="Background">Queued steps of that class.</param>
/// <param name="Running">Steps on the device.</param>
/// <param name="Concurrency">Steps it runs at once.</param>
/// <param name="Completed">Steps that ran to their end since the start.</param>
/// <param name="Rejected">Steps refused because the queue was full.</param>
/// <param name="Expired">Steps dropped because their deadline passed in the queue.</param>
/// <param name="MeanRunTime">The smoothed run time of a step; zero before the first.</param>
/// <param name="OldestWait">How long the oldest queued step waits; zero if none does.</param>
public sealed record DeviceQueueSnapshot(
    string Device,
    DeviceKind Kind,
    int Interactive,
    int Normal,
    int Background,
    int Running,
    int Concurrency,
    long Completed,
    long Rejected,
    long Expired,
    TimeSpan MeanRunTime,
    TimeSpan OldestWait);
