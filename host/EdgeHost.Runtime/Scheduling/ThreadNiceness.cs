using System.Runtime.InteropServices;

namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// Lowers the running thread against all others of the machine. .NET's thread priorities do nothing on Linux; there niceness is a thread's own, and a thread
/// that gave it up may not take it back without privileges, so it is for threads that do nothing else.
/// </summary>
internal static partial class ThreadNiceness
{
    /// <summary>PRIO_PROCESS of sys/resource.h; with an id of 0 it is the calling thread on Linux.</summary>
    private const int OfProcess = 0;

    /// <summary>Lowers the calling thread. Where the system does not allow or know it, nothing changes.</summary>
    /// <param name="niceness">0 to 19; systems other than Linux know only whether it is zero.</param>
    public static void LowerCurrentThread(int niceness)
    {
        if (niceness == 0) return;
        if (!OperatingSystem.IsLinux())
        {
            Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
            return;
        }

        // A refusal costs politeness only.
        _ = SetPriority(OfProcess, 0, niceness);
    }

    [LibraryImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetPriority(int which, uint id, int niceness);
}
