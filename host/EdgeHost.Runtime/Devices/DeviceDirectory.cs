using EdgeHost.Runtime.Engines;

namespace EdgeHost.Runtime.Devices;

internal sealed class DeviceDirectory : IDeviceDirectory
{
    private readonly IInferenceEngine _engine;
    private readonly Lock _gate = new();
    private volatile DeviceDescription[]? _devices;

    public DeviceDirectory(IInferenceEngine engine) => _engine = engine;

    public IReadOnlyList<DeviceDescription> Devices
    {
        get
        {
            if (_devices is { } known) return known;
            lock (_gate)
            {
                // A failure is not remembered: the next call asks the engine again.
                return _devices ??= [.. _engine.GetDevices()];
            }
        }
    }
}
