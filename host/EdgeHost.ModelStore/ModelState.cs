namespace EdgeHost.ModelStore;

/// <summary>How much of a model version is on this device.</summary>
public enum ModelState
{
    /// <summary>Known from the catalogue only.</summary>
    NotPulled,

    /// <summary>Pulled, all files there with the right length. <see cref="LocalModelStore.VerifyAsync"/> hashes them.</summary>
    Installed,

    /// <summary>Pulled, but a file is gone or has another length; pull it again.</summary>
    Incomplete,

    /// <summary>Pulled, but the catalogue now lists other files for this version; pull it again.</summary>
    Outdated,
}
