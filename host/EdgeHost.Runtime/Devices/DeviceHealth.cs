namespace EdgeHost.Runtime.Devices;

/// <summary>A device's health at one moment. Immutable.</summary>
/// <param name="Device">The device's id.</param>
/// <param name="State">Whether it may be used.</param>
/// <param name="Reason">Why, in words for a person; an empty string for a device that never failed.</param>
/// <param name="Since">When it came into this state.</param>
/// <param name="NextProbe">When a failed device is tested again, or null.</param>
/// <param name="Faults">Faults since the host started.</param>
/// <param name="Hangs">Runs that did not come back since the host started.</param>
public sealed record DeviceHealth(
    string Device, DeviceHealthState State, string Reason, DateTimeOffset Since, DateTimeOffset? NextProbe, long Faults, long Hangs)
{
    /// <summary>When a step last ended well on it, or null for never since the host started.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Runs that did not come back and still hang on it.</summary>
    public int Hanging { get; init; }

    /// <summary>Whether work may be sent to it.</summary>
    public bool IsUsable => State is DeviceHealthState.Healthy or DeviceHealthState.Suspect;
}
