namespace EdgeHost.ModelStore;

/// <summary>What verifying one file of a pulled model gave.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Version">Its version.</param>
/// <param name="File">The file's name in the manifest.</param>
/// <param name="Expected">The manifest's SHA-256.</param>
/// <param name="Actual">The SHA-256 found, the length found if that differs already, or null if the file is gone.</param>
public sealed record FileVerification(string Model, string Version, string File, string Expected, string? Actual)
{
    /// <summary>Whether the file is whole.</summary>
    public bool IsGood => Expected == Actual;
}
