namespace EdgeHost.Jobs.Specs;

/// <summary>Where a new version of a model begins.</summary>
public enum DeployStart
{
    /// <summary>It is kept, and serves when it is promoted.</summary>
    Stored = 0,

    /// <summary>It runs beside the version that serves, and is compared.</summary>
    Shadow = 1,

    /// <summary>It serves a share of the calls.</summary>
    Canary = 2,

    /// <summary>It serves at once.</summary>
    Current = 3,
}
