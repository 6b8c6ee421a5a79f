using EdgeHost.Runtime.Engines;
using Microsoft.Extensions.Options;

namespace EdgeHost.Runtime.Devices;

internal sealed class DeviceDirectory : IDeviceDirectory
{
    private readonly IInferenceEngine _engine;
    private readonly DeviceOptions _options;
    private readonly Lock _gate = new();
    private volatile DeviceDescription[]? _devices;

    public DeviceDirectory(IInferenceEngine engine, IOptions<EdgeHostRuntimeOptions> options)
    {
        _engine = engine;
        _options = options.Value.Devices;
    }

    public IReadOnlyList<DeviceDescription> Devices
    {
        get
        {
            if (_devices is { } known) return known;
            lock (_gate)
            {
                // A failure is not remembered: the next call asks the engine again.
                return _devices ??= [.. _engine.GetDevices().Select(WithMemory)];
            }
        }
    }

    public IReadOnlyList<DeviceDescription>? Known => _devices;

    private DeviceDescription WithMemory(DeviceDescription device)
        => device.MemoryBytes is not null || !_options.MemoryBytes.TryGetValue(device.Id, out var bytes)
            ? device
            : new DeviceDescription
            {
                Id = device.Id,
                Kind = device.Kind,
                Name = device.Name,
                Provider = device.Provider,
                MemoryBytes = bytes,
                IsInterruptible = device.IsInterruptible,
                IsVirtual = device.IsVirtual,
                Concurrency = device.Concurrency,
            };
}
