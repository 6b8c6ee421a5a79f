using EdgeHost.TestKit;

namespace EdgeHost.ModelImport.Tests;

/// <summary>A test that needs packages of npm and node. Skipped with the reason where they cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NpmTheoryAttribute : TheoryAttribute
{
    private const string Set = "EdgeHost.ModelImport.Tests";

    public NpmTheoryAttribute(params string[] packages) => Skip = NpmPackages.Install(Set, packages);

    public static string Folder => NpmPackages.FolderOf(Set);
}
