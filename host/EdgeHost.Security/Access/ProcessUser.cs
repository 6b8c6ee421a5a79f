using System.Runtime.InteropServices;

namespace EdgeHost.Security.Access;

/// <summary>The user of this process.</summary>
public static partial class ProcessUser
{
    /// <summary>Its id, or -1 on a platform without one.</summary>
    public static long Id { get; } = OperatingSystem.IsWindows() ? -1 : GetEffectiveUserId();

    [LibraryImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint GetEffectiveUserId();
}
