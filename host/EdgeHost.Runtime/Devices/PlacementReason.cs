namespace EdgeHost.Runtime.Devices;

/// <summary>What decided between usable devices.</summary>
internal enum PlacementReason
{
    /// <summary>The order of preference.</summary>
    Order = 0,

    /// <summary>Another kind finishes clearly earlier than the preferred one.</summary>
    Earlier = 1,

    /// <summary>The preferred kind would miss the deadline.</summary>
    Deadline = 2,
}
