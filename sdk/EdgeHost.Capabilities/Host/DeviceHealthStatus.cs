namespace EdgeHost.Capabilities.Host;

/// <summary>Whether a device may be used.</summary>
public enum DeviceHealthStatus
{
    /// <summary>Works.</summary>
    Healthy = 0,

    /// <summary>Failed lately, but not often enough to be taken out.</summary>
    Suspect = 1,

    /// <summary>Taken out; its work moved on and it is tested again after a pause.</summary>
    Failed = 2,

    /// <summary>Taken out, and being tested now.</summary>
    Probing = 3,
}
