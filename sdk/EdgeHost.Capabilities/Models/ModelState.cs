namespace EdgeHost.Capabilities.Models;

/// <summary>Where a model is.</summary>
public enum ModelState
{
    /// <summary>Known, not on the device; pull it.</summary>
    Available = 0,

    /// <summary>Being pulled now.</summary>
    Pulling = 1,

    /// <summary>Its files are on the device.</summary>
    Installed = 2,

    /// <summary>Being loaded into memory.</summary>
    Loading = 3,

    /// <summary>In memory.</summary>
    Resident = 4,

    /// <summary>A file is lost or altered; the reason says which.</summary>
    Damaged = 5,
}
