namespace EdgeHost.Runtime.Models;

/// <summary>Where a model is in its life; always shown with a reason.</summary>
public enum ModelState
{
    /// <summary>Its memory is reserved and the engine loads it.</summary>
    Loading = 0,

    /// <summary>Ready for leases.</summary>
    Resident = 1,

    /// <summary>It left the pool and its memory is not free yet.</summary>
    Unloading = 2,

    /// <summary>Its last load failed; the next lease tries again.</summary>
    Unavailable = 3,
}
