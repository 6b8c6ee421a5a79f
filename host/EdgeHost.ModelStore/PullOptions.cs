namespace EdgeHost.ModelStore;

/// <summary>Choices for one pull.</summary>
public sealed class PullOptions
{
    /// <summary>The owner of this device accepts a licence that is not permissive. Default: no.</summary>
    public LicenceConsent Licence { get; init; }

    /// <summary>A folder that is searched before the configured mirrors, or null.</summary>
    public string? Mirror { get; init; }

    /// <summary>The variant to pull; null for the first of the manifest.</summary>
    public string? Variant { get; init; }
}
