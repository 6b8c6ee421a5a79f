using System.Runtime.InteropServices;

namespace EdgeHost.Benchmarks.Prepared;

/// <summary>This process's private memory as Linux counts it.</summary>
internal static partial class PrivateMemory
{
    /// <summary>Pages that no file backs. What Linux calls private would count a mapped file too: its pages are dirty until they have reached the disk, and private while nobody else maps it.</summary>
    public static long Bytes
    {
        get
        {
            foreach (var line in File.ReadLines("/proc/self/smaps_rollup"))
            {
                if (line.StartsWith("Anonymous:", StringComparison.Ordinal)) return 1024 * long.Parse(line.Split(':', StringSplitOptions.TrimEntries)[1].Split(' ')[0]);
            }

            throw new InvalidOperationException("/proc/self/smaps_rollup has no Anonymous.");
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
