using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Runtime.Health;

/// <summary>Remembers when a device's queue last moved. Not thread-safe: the one look at a time uses it.</summary>
internal sealed class DeviceProgress
{
    private readonly Dictionary<string, (long Done, long Since)> _devices = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    public DeviceProgress(TimeProvider time) => _time = time;

    /// <summary>For how long nothing has ended on the device, as far as the looks tell: zero at the first.</summary>
    /// <param name="queue">The device's queue now.</param>
    public TimeSpan Standstill(DeviceQueueSnapshot queue)
    {
        // What was refused, expired or cancelled in the queue is no work done.
        var done = queue.Completed + queue.Failed + queue.Preempted;
        if (_devices.TryGetValue(queue.Device, out var last) && last.Done == done) return _time.GetElapsedTime(last.Since);
        _devices[queue.Device] = (done, _time.GetTimestamp());
        return TimeSpan.Zero;
    }
}
