using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Devices;

internal sealed class DevicePlacement : IDevicePlacement
{
    private readonly IDeviceDirectory _directory;

    public DevicePlacement(IDeviceDirectory directory) => _directory = directory;

    public Placement Choose(PlacementRequest request)
    {
        var devices = _directory.Devices;
        var device = request.Artifact.PreferredDevices
            .Select(kind => devices.FirstOrDefault(candidate => candidate.Kind == kind && request.Excluded?.Contains(candidate.Id) != true))
            .FirstOrDefault(candidate => candidate is not null)
            ?? devices.FirstOrDefault(candidate => candidate.Kind == DeviceKind.Cpu && request.Excluded?.Contains(candidate.Id) != true)
            ?? throw new EdgeHostException(ErrorCode.Unavailable, "The inference engine reports no processor; run `edgehost doctor`.");
        return new Placement(device, Explain(request.Artifact, device), HasChoice: false);
    }

    private static string Explain(ModelArtifact artifact, DeviceDescription device)
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
}
