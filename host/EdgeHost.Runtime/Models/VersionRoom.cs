namespace EdgeHost.Runtime.Models;

/// <summary>What loading a version may do to the one that serves, and whether it may be in vain. The default spares nothing and replaces nothing.</summary>
/// <param name="Spared">A version that must stay, since it serves while the other is loaded.</param>
/// <param name="Replaced">A version that may go once it is idle although its id is pinned, since the other takes the pin over.</param>
/// <param name="IsForCurrent">Whether the lease named no version, so that one which was taken over meanwhile is not loaded again.</param>
internal readonly record struct VersionRoom(ModelArtifact? Spared, ModelArtifact? Replaced, bool IsForCurrent = false)
{
    public bool Spares(ModelEntry entry) => Is(Spared, entry);

    public bool Replaces(ModelEntry entry) => Is(Replaced, entry);

    private static bool Is(ModelArtifact? artifact, ModelEntry entry)
        => artifact is not null && artifact.Id == entry.Key.Id && artifact.Version == entry.Key.Version;
}
