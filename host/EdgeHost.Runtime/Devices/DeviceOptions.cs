namespace EdgeHost.Runtime.Devices;

/// <summary>Settings of the devices: who may use which.</summary>
public sealed class DeviceOptions
{
    /// <summary>Policies by model id. Default none.</summary>
    public IDictionary<string, DevicePolicy> Models { get; } = new Dictionary<string, DevicePolicy>(StringComparer.Ordinal);

    /// <summary>Policies by app name; an app's policy stands over its models'. Default none.</summary>
    public IDictionary<string, DevicePolicy> Apps { get; } = new Dictionary<string, DevicePolicy>(StringComparer.Ordinal);

    /// <summary>Bytes of memory by device id where the engine cannot tell. Default none.</summary>
    public IDictionary<string, long> MemoryBytes { get; } = new Dictionary<string, long>(StringComparer.Ordinal);
}
