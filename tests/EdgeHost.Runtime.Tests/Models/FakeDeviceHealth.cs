using System.Collections.Concurrent;
using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Models;

/// <summary>Health that the test decides. Thread-safe.</summary>
internal sealed class FakeDeviceHealth : IDeviceHealth
{
    private readonly ConcurrentDictionary<string, string> _failed = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Device, string Model)> _faults = new();
    private readonly ConcurrentQueue<(string Device, string Model)> _hangs = new();
    private Action<DeviceHealth>? _handler;

    /// <summary>Faults that were reported.</summary>
    public IReadOnlyList<(string Device, string Model)> Faults => [.. _faults];

    /// <summary>Hangs that were reported.</summary>
    public IReadOnlyList<(string Device, string Model)> Hangs => [.. _hangs];

    public void Fail(string device, string reason = "it does not answer")
    {
        _failed[device] = reason;
        _handler?.Invoke(Of(device));
    }

    public void Heal(string device)
    {
        _failed.TryRemove(device, out _);
        _handler?.Invoke(Of(device));
    }

    public IDisposable OnChange(Action<DeviceHealth> handler)
    {
        _handler += handler;
        return new Subscription(() => _handler -= handler);
    }

    public bool IsUsable(string device) => !_failed.ContainsKey(device);

    public DeviceHealth Of(string device)
    {
        var isFailed = _failed.TryGetValue(device, out var reason);
        return new DeviceHealth(device, isFailed ? DeviceHealthState.Failed : DeviceHealthState.Healthy, reason ?? string.Empty, default, null, 0, 0);
    }

    public void StepSucceeded(string device)
    {
    }

    public void Faulted(string device, string model, string message) => _faults.Enqueue((device, model));

    public void Hung(string device, string model, TimeSpan running) => _hangs.Enqueue((device, model));

    public IReadOnlyList<DeviceHealth> Snapshot() => [];
}
