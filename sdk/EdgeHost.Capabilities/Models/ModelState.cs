namespace EdgeHost.Capabilities.Models;

/// <summary>Where a model is.</summary>
public enum ModelState
{
    /// <summary>A manifest describes it; its files are not on the device.</summary>
    Available = 0,

    /// <summary>Its files are on the device.</summary>
    Installed = 1,

    /// <summary>It is in memory, ready to run.</summary>
    Resident = 2,

    /// <summary>Installed, but a file is gone or cut; pull it again.</summary>
    Incomplete = 3,

    /// <summary>Installed, but its manifest now lists other files; pull it again.</summary>
    Outdated = 4,
}
