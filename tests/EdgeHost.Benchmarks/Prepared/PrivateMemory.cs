using System.Runtime.InteropServices;

namespace EdgeHost.Benchmarks.Prepared;

/// <summary>This process's private memory as Linux counts it.</summary>
internal static partial class PrivateMemory
{
    /// <summary>Private dirty pages: those that nothing but this process can give back. Clean pages of a mapped file are not among them.</summary>
    public static long Bytes
    {
        get
        {
            foreach (var line in File.ReadLines("/proc/self/smaps_rollup"))
            {
                if (line.StartsWith("Private_Dirty:", StringComparison.Ordinal)) return 1024 * long.Parse(line.Split(':', StringSplitOptions.TrimEntries)[1].Split(' ')[0]);
            }

            throw new InvalidOperationException("/proc/self/smaps_rollup has no Private_Dirty.");
        }
    }

    /// <summary>Gives free memory back to the system, as the host does after an unload.</summary>
    public static void Trim()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        _ = MallocTrim(0);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int MallocTrim(nuint pad);
}
