namespace EdgeHost.Capabilities.Host;

/// <summary>Where a model of the pool is in its life.</summary>
public enum ModelLifeState
{
    /// <summary>Its memory is reserved and the engine loads it.</summary>
    Loading = 0,

    /// <summary>Ready.</summary>
    Resident = 1,

    /// <summary>It left the pool and its memory is not free yet.</summary>
    Unloading = 2,

    /// <summary>Its last load failed; the next call tries again.</summary>
    Unavailable = 3,
}
