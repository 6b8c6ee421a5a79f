using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Scheduling;

/// <summary>Health that the test sets; a device that hung is failed at once. Thread-safe.</summary>
internal sealed class FakeDeviceHealth : IDeviceHealth
{
    private readonly Lock _gate = new();
    private readonly List<Action<DeviceHealth>> _handlers = [];
    private readonly HashSet<string> _failed = [];

    public List<string> Events { get; } = [];

    public void Set(string device, DeviceHealthState state)
    {
        Action<DeviceHealth>[] handlers;
        lock (_gate)
        {
            if (state == DeviceHealthState.Failed) _failed.Add(device);
            else _failed.Remove(device);
            handlers = [.. _handlers];
        }

        foreach (var handler in handlers)
        {
            handler(Of(device));
        }
    }

    public IDisposable OnChange(Action<DeviceHealth> handler)
    {
        lock (_gate)
        {
            _handlers.Add(handler);
        }

        return new MemoryStream();
    }

    public bool IsUsable(string device)
    {
        lock (_gate)
        {
            return !_failed.Contains(device);
        }
    }

    public DeviceHealth Of(string device)
        => new(device, IsUsable(device) ? DeviceHealthState.Healthy : DeviceHealthState.Failed, "the test says so", default, null, 0, 0);

    public void StepSucceeded(string device) => Add($"ok {device}");

    public void Faulted(string device, string model, string message) => Add($"fault {device} {model}");

    public void Hung(string device, string model, TimeSpan running)
    {
        Add($"hung {device} {model}");
        Set(device, DeviceHealthState.Failed);
    }

    public IReadOnlyList<DeviceHealth> Snapshot() => [];

    private void Add(string text)
    {
        lock (_gate)
        {
            Events.Add(text);
        }
    }
}
