using System.Runtime.InteropServices;

namespace EdgeHost.Benchmarks.Prepared;

/// <summary>This process's private memory as Linux counts it.</summary>
internal static partial class PrivateMemory
{
    /// <summary>Private pages, clean and dirty: what would be free if the process ended.</summary>
    public static long Bytes
    {
        get
        {
            var kilobytes = 0L;
            foreach (var line in File.ReadLines("/proc/self/smaps_rollup"))
            {
                if (!line.StartsWith("Private_Dirty:", StringComparison.Ordinal) && !line.StartsWith("Private_Clean:", StringComparison.Ordinal)) continue;
                kilobytes += long.Parse(line.Split(':', StringSplitOptions.TrimEntries)[1].Split(' ')[0]);
            }

            return kilobytes * 1024;
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
