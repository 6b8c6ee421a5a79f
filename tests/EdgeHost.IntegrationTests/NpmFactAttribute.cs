using EdgeHost.TestKit;

namespace EdgeHost.IntegrationTests;

/// <summary>A test with packages of npm as clients, and perhaps with real weights. Skipped with the reason where they cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NpmFactAttribute : FactAttribute
{
    private const string Set = "EdgeHost.IntegrationTests";

    public NpmFactAttribute(params string[] packages)
        => Skip = ModelsAvailability.CanPull ? NpmPackages.Install(Set, packages) : "Neither npm nor a mirror (EDGEHOST_MIRROR) is there to get models from.";

    public static string Folder => NpmPackages.FolderOf(Set);
}
