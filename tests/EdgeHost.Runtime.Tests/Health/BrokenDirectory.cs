using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Tests.Health;

/// <summary>Devices of an engine that does not start.</summary>
internal sealed class BrokenDirectory : IDeviceDirectory
{
    public IReadOnlyList<DeviceDescription> Devices => throw new EdgeHostException(ErrorCode.Unavailable, "no library");

    public IReadOnlyList<DeviceDescription>? Known => null;
}
