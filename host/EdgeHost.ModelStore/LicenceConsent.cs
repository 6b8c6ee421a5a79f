namespace EdgeHost.ModelStore;

/// <summary>Whether a non-permissive licence was accepted.</summary>
public enum LicenceConsent
{
    /// <summary>Not asked; a non-permissive licence stops the pull and is shown.</summary>
    NotGiven,

    /// <summary>The owner of this device read and accepted it.</summary>
    Accepted,
}
