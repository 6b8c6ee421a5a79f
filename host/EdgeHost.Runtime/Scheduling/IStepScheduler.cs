namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Runs steps on devices: one bounded queue and a fixed number of slots a device. Thread-safe. Classes first, inside a class weighted shares of device time
/// between apps, then the least slack; steps of one model may be joined, and a running background step may be stopped and queued again for a more urgent one.
/// The rules and options are described in <c>docs/scheduling.md</c>.
/// </summary>
public interface IStepScheduler
{
    /// <summary>Queues one step and waits for its end. The inputs and the session stay alive until the task completes.</summary>
    /// <param name="request">The step.</param>
    /// <param name="cancellationToken">Takes a queued step out of the queue; stops a running one as soon as its session allows.</param>
    /// <returns>The outputs, owned by the caller, and the times.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the queue is full, or it would not be done by its deadline, with a time to
    /// retry after; <see cref="ErrorCode.DeadlineExceeded"/>: the deadline passed before it ran, or the run went over its limit; <see cref="ErrorCode.Unavailable"/>: the scheduler
    /// stops; or what the session reports.</exception>
    /// <exception cref="Devices.DeviceFaultException">The device failed, hangs or is out of service: the step may succeed on another.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<StepCompletion> RunAsync(StepRequest request, CancellationToken cancellationToken);

    /// <summary>How long a step of this class would wait for a device if it came now; zero where it would start at once.</summary>
    /// <param name="device">The device's id.</param>
    /// <param name="priority">The step's class.</param>
    TimeSpan PredictWait(string device, CallPriority priority);

    /// <summary>The queues now, one a device that has run a step.</summary>
    IReadOnlyList<DeviceQueueSnapshot> Snapshot();

    /// <summary>The apps that used a device lately, by name; bounded, the longest idle ones are forgotten.</summary>
    IReadOnlyList<AppShareSnapshot> Shares();
}
