namespace EdgeHost.Runtime.Devices;

internal sealed class DeviceHealthRegistry : IDeviceHealth
{
    private readonly TimeProvider _time;

    public DeviceHealthRegistry(TimeProvider time) => _time = time;

    public IDisposable OnChange(Action<DeviceHealth> handler) => new MemoryStream();

    public bool IsUsable(string device) => true;

    public DeviceHealth Of(string device) => new(device, DeviceHealthState.Healthy, string.Empty, _time.GetUtcNow(), null, 0, 0);

    public void StepSucceeded(string device)
    {
    }

    public void Faulted(string device, string model, string message)
    {
    }

    public void Hung(string device, string model, TimeSpan running)
    {
    }

    public IReadOnlyList<DeviceHealth> Snapshot() => [];
}
