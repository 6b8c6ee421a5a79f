using EdgeHost.Runtime.Engines;
using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Devices;

internal sealed class DeviceDirectory : IDeviceDirectory
{
    private readonly IInferenceEngine _engine;
    private readonly Lock _gate = new();
    private volatile DeviceDescription[]? _devices;

    public DeviceDirectory(IInferenceEngine engine) => _engine = engine;

    public IReadOnlyList<DeviceDescription> Devices => Get();

    public DeviceDescription Place(ModelArtifact artifact)
    {
        var devices = Get();
        foreach (var kind in artifact.PreferredDevices)
        {
            if (Find(devices, kind) is { } device) return device;
        }

        return Find(devices, DeviceKind.Cpu)
            ?? throw new EdgeHostException(ErrorCode.Unavailable, "The inference engine reports no processor; run `edgehost doctor`.");
    }

    public string Explain(ModelArtifact artifact, DeviceDescription device)
    {
        var missing = new List<string>();
        foreach (var kind in artifact.PreferredDevices)
        {
            if (kind == device.Kind)
            {
                return missing.Count == 0
                    ? $"{device.Id}: the model prefers {Name(kind)}"
                    : $"{device.Id}: the model prefers {string.Join(", then ", missing)}, which this machine does not have, then {Name(kind)}";
            }

            missing.Add(Name(kind));
        }

        return $"{device.Id}: this machine has none of the kinds that the model prefers ({string.Join(", ", missing)})";
    }

    private static string Name(DeviceKind kind) => kind switch
    {
        DeviceKind.Npu => "NPU",
        DeviceKind.Gpu => "GPU",
        _ => "CPU",
    };

    private static DeviceDescription? Find(DeviceDescription[] devices, DeviceKind kind)
    {
        foreach (var device in devices)
        {
            if (device.Kind == kind) return device;
        }

        return null;
    }

    private DeviceDescription[] Get()
    {
        if (_devices is { } known) return known;
        lock (_gate)
        {
            // A failure is not remembered: the next call asks the engine again.
            return _devices ??= [.. _engine.GetDevices()];
        }
    }
}
