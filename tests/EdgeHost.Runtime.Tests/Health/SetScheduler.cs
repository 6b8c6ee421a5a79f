using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Tests.Health;

/// <summary>A scheduler whose queues the test sets.</summary>
internal sealed class SetScheduler : IStepScheduler
{
    private int _snapshots;

    public IReadOnlyList<DeviceQueueSnapshot> Queues { get; set; } = [];

    public Action? OnSnapshot { get; set; }

    public int Snapshots => Volatile.Read(ref _snapshots);

    public Task<StepCompletion> RunAsync(StepRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    public TimeSpan PredictWait(string device, CallPriority priority) => TimeSpan.Zero;

    public IReadOnlyList<AppShareSnapshot> Shares() => [];

    public IReadOnlyList<DeviceQueueSnapshot> Snapshot()
    {
        Interlocked.Increment(ref _snapshots);
        OnSnapshot?.Invoke();
        return Queues;
    }
}
