using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Health;

/// <summary>Judges each device by its health and its queue, without running anything. One look at a time; others wait.</summary>
internal sealed class HealthLook
{
    private readonly IDeviceDirectory _directory;
    private readonly IDeviceHealth _health;
    private readonly IStepScheduler _scheduler;
    private readonly IMachineConditions _conditions;
    private readonly HealthOptions _options;
    private readonly DeviceProgress _progress;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    public HealthLook(
        IDeviceDirectory directory, IDeviceHealth health, IStepScheduler scheduler, IMachineConditions conditions, HealthOptions options, TimeProvider time)
    {
        _directory = directory;
        _health = health;
        _scheduler = scheduler;
        _conditions = conditions;
        _options = options;
        _progress = new DeviceProgress(time);
        _time = time;
    }

    /// <summary>One for each device; none as long as nobody asked the engine for its devices. Blocks where scheduler or registry do.</summary>
    public IReadOnlyList<DeviceLook> Look()
    {
        lock (_gate)
        {
            var queues = _scheduler.Snapshot().ToDictionary(static queue => queue.Device, StringComparer.Ordinal);
            return [.. (_directory.Known ?? []).Select(device => Look(device, _health.Of(device.Id), queues.GetValueOrDefault(device.Id)))];
        }
    }

    private DeviceLook Look(DeviceDescription device, DeviceHealth health, DeviceQueueSnapshot? queue)
    {
        // A test would wait behind what runs and say nothing about the device.
        var isBusy = queue is not null && queue.Running >= queue.Concurrency;
        var isTrusted = health.LastSuccess is { } success && _time.GetUtcNow() - success < _options.TrustSuccess;
        return new DeviceLook(device, Judge(device, health, queue), health.IsUsable && !isBusy && !isTrusted);
    }

    private static HealthFinding Finding(DeviceDescription device, HostHealthState state, string text) => new(device.Id, state, text);

    private HealthFinding Judge(DeviceDescription device, DeviceHealth health, DeviceQueueSnapshot? queue)
    {
        var standstill = queue is null ? TimeSpan.Zero : _progress.Standstill(queue);
        switch (health.State)
        {
            case DeviceHealthState.Failed:
                var next = health.NextProbe is { } probe ? $", tested again at {probe:HH:mm:ss} UTC" : string.Empty;
                return Finding(
                    device,
                    device.Kind == DeviceKind.Cpu ? HostHealthState.Stuck : HostHealthState.Degraded,
                    $"out of order since {health.Since:HH:mm:ss} UTC: {health.Reason}{next}");
            case DeviceHealthState.Probing:
                return Finding(device, HostHealthState.Degraded, $"being tested: {health.Reason}");
        }

        if (queue is not null && JudgeQueue(device, queue, standstill) is { } stuck) return stuck;
        if (health.State == DeviceHealthState.Suspect) return Finding(device, HostHealthState.Degraded, $"works, but is suspect: {health.Reason}");
        return Finding(device, HostHealthState.Ready, queue is null ? "works, but has not run anything yet" : $"works, {queue.Running} running, {queue.Queued} waiting");
    }

    private HealthFinding? JudgeQueue(DeviceDescription device, DeviceQueueSnapshot queue, TimeSpan standstill)
    {
        var waiting = 0;
        for (var priority = (int)_conditions.Current.MinimumPriority; priority < queue.Waiting.Count; priority++)
        {
            waiting += queue.Waiting[priority];
        }

        if (waiting > 0 && queue.OldestWait > _options.ProgressLimit && standstill > _options.ProgressLimit)
        {
            return Finding(
                device,
                HostHealthState.Stuck,
                $"{waiting} steps wait, the oldest for {Durations.Text(queue.OldestWait)}, and none has ended for {Durations.Text(standstill)}; "
                + (queue.Running == 0 ? "nothing runs" : $"{queue.OldestRunModel ?? "a step"} runs for {Durations.Text(queue.OldestRun)}"));
        }

        if (queue.OldestRun <= _options.RunLimit) return null;
        var isFull = queue.Running >= queue.Concurrency && standstill > _options.ProgressLimit;
        return Finding(
            device,
            isFull ? HostHealthState.Stuck : HostHealthState.Degraded,
            $"{queue.OldestRunModel ?? "a step"} runs for {Durations.Text(queue.OldestRun)}, more than {Durations.Text(_options.RunLimit)}");
    }
}
