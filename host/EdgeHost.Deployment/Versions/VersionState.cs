namespace EdgeHost.Deployment.Versions;

/// <summary>Where a version is on its way. The numbers are kept on the disk.</summary>
public enum VersionState
{
    /// <summary>Kept, and used by nobody who does not name it.</summary>
    Stored = 0,

    /// <summary>Steps of the version that serves are run again on it, and compared.</summary>
    Shadow = 1,

    /// <summary>It serves a share of calls.</summary>
    Canary = 2,

    /// <summary>It serves.</summary>
    Current = 3,

    /// <summary>Over: replaced, rolled back, or found wanting. Its lineage and history stay.</summary>
    Retired = 4,
}
