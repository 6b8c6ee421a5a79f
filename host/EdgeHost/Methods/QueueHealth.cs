using System.Globalization;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Health;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Host.Methods;

/// <summary>What the queues alone tell, for a composition without an <see cref="IHostHealth"/>: health states and the oldest step in flight.</summary>
internal static class QueueHealth
{
    private static readonly TimeSpan SuspiciousRun = TimeSpan.FromSeconds(30);

    public static HealthReport Look(IReadOnlyList<DeviceQueueSnapshot> queues, IDeviceHealth devices)
    {
        var findings = queues.Select(queue => Look(queue, devices.Of(queue.Device))).ToList();
        var works = findings.Count(finding => finding.State != HostHealthState.Stuck);
        return new HealthReport(
            findings.Count > 0 && works == 0 ? HostHealthState.Stuck
            : findings.Exists(finding => finding.State != HostHealthState.Ready) ? HostHealthState.Degraded : HostHealthState.Ready,
            findings);
    }

    private static HealthFinding Look(DeviceQueueSnapshot queue, DeviceHealth health)
    {
        if (!health.IsUsable) return new HealthFinding(queue.Device, HostHealthState.Stuck, $"taken out: {health.Reason}");
        if (queue.OldestRun > SuspiciousRun)
        {
            return new HealthFinding(
                queue.Device,
                HostHealthState.Stuck,
                string.Create(CultureInfo.InvariantCulture, $"a step of {queue.OldestRunModel} runs for {queue.OldestRun.TotalSeconds:F0} s; {queue.Queued} wait"));
        }

        return new HealthFinding(
            queue.Device,
            health.State == DeviceHealthState.Healthy ? HostHealthState.Ready : HostHealthState.Degraded,
            health.State == DeviceHealthState.Healthy
                ? string.Create(CultureInfo.InvariantCulture, $"{queue.Completed} steps done, {queue.Running} running, {queue.Queued} waiting")
                : health.Reason);
    }
}
