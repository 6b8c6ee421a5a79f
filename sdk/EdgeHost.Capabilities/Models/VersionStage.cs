namespace EdgeHost.Capabilities.Models;

/// <summary>Where a version that was made on the device is on its way.</summary>
public enum VersionStage
{
    /// <summary>Kept, and used by nobody who does not name it.</summary>
    Stored = 0,

    /// <summary>Steps of the version that serves are run again on it, and compared.</summary>
    Shadow = 1,

    /// <summary>It serves a share of calls.</summary>
    Canary = 2,

    /// <summary>It serves.</summary>
    Current = 3,

    /// <summary>Over: replaced, rolled back, or found wanting.</summary>
    Retired = 4,
}
