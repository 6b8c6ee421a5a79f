namespace EdgeHost.Runtime.Devices;

/// <summary>Whether a device may be used.</summary>
public enum DeviceHealthState
{
    /// <summary>Works.</summary>
    Healthy = 0,

    /// <summary>Failed lately, but not often enough to be taken out; used where nothing better is there.</summary>
    Suspect = 1,

    /// <summary>Taken out: it failed too often or did not come back. Its work moved on; it is probed again after a pause.</summary>
    Failed = 2,

    /// <summary>Taken out, and a self-test is running on it now.</summary>
    Probing = 3,
}
