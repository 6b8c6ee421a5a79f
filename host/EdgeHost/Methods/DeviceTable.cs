using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling;

namespace EdgeHost.Host.Methods;

/// <summary>A device as the engine describes it beside its queue; either may be missing: a device that ran nothing has no queue yet.</summary>
internal sealed record DeviceTable(string Id, DeviceDescription? Description, DeviceQueueSnapshot Queue)
{
    /// <summary>The engine's devices in its order, then queues of devices that it no longer reports.</summary>
    public static IEnumerable<DeviceTable> Join(IReadOnlyList<DeviceDescription> devices, IReadOnlyList<DeviceQueueSnapshot> queues)
        => devices
            .Select(device => new DeviceTable(device.Id, device, queues.FirstOrDefault(queue => queue.Device == device.Id) ?? Empty(device)))
            .Concat(queues.Where(queue => devices.All(device => device.Id != queue.Device)).Select(queue => new DeviceTable(queue.Device, null, queue)));

    private static DeviceQueueSnapshot Empty(DeviceDescription device)
        => new() { Device = device.Id, Kind = device.Kind, Waiting = [], Concurrency = device.Concurrency };
}
