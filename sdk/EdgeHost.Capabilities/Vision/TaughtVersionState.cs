namespace EdgeHost.Capabilities.Vision;

/// <summary>What became of a version of a taught classifier.</summary>
public enum TaughtVersionState
{
    /// <summary>It served, and may serve again.</summary>
    Kept = 0,

    /// <summary>It serves.</summary>
    Serving = 1,

    /// <summary>It was less often right than what served, and never did.</summary>
    Rejected = 2,

    /// <summary>It served until <c>vision.rollback</c>.</summary>
    RolledBack = 3,
}
