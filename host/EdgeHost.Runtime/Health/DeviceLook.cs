using EdgeHost.Runtime.Devices;

namespace EdgeHost.Runtime.Health;

/// <summary>What a look found of a device.</summary>
/// <param name="Device">The device.</param>
/// <param name="Finding">How it is.</param>
/// <param name="MayBeTested">Whether a self-test says something: it is in use, not busy on every slot, and nothing ended well on it lately.</param>
internal sealed record DeviceLook(DeviceDescription Device, HealthFinding Finding, bool MayBeTested);
