using System.ComponentModel.DataAnnotations;

namespace EdgeHost.Runtime.Heap;

/// <summary>When memory of the managed heap, which plugins and the host share, goes back to the system.</summary>
public sealed class HeapOptions
{
    /// <summary>How long next to nothing must have been allocated before garbage is collected and its memory given back. 1 s to 1 day, default 10 s; null keeps it for the next work.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan? IdleTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The bytes that must have been allocated since memory was given back: collecting stops all threads for some ten milliseconds for each 100 MB in use. 1 MiB to 64 GiB, default 128 MiB.
    /// </summary>
    [Range(1L << 20, 64L << 30)]
    public long LeastAllocatedBytes { get; set; } = 128L << 20;
}
