namespace EdgeHost.Runtime.Devices;

/// <summary>The devices of this machine. Thread-safe. Asks the engine at the first use, not before.</summary>
public interface IDeviceDirectory
{
    /// <summary>All devices; the processor is always there. The first read may load native libraries.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the engine cannot start.</exception>
    IReadOnlyList<DeviceDescription> Devices { get; }

    /// <summary>The same, or null as long as nobody asked for <see cref="Devices"/>: never loads anything, for what only looks.</summary>
    IReadOnlyList<DeviceDescription>? Known => Devices;
}
