using System.Runtime.InteropServices;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// The C library keeps freed memory for itself: after unloading seven speech models 93 MB stayed resident until malloc_trim, 17 MB after it.
/// It also raises its threshold for giving memory its own mapping with every large block that is freed, so that the next weights land in
/// a thread's heap, whose free end nothing trims: twenty loads of one 16 MB model left 35 to 65 MB behind. A fixed threshold ends that. It must not be
/// small either: at 1 MiB every decoded picture got a mapping of its own, and the 200 page faults for it cost 0.6 ms a call.
/// Only glibc has these calls; elsewhere this does nothing.
/// </summary>
internal sealed partial class MemoryTrimmer : IMemoryTrimmer
{
    /// <summary>M_MMAP_THRESHOLD of malloc.h.</summary>
    private const int MapThreshold = -3;

    /// <summary>Blocks of this size and more go back to the system as soon as they are freed: weights do, a decoded megapixel does not.</summary>
    private const int MapThresholdBytes = 4 << 20;

    /// <summary>M_TRIM_THRESHOLD of malloc.h.</summary>
    private const int TrimThreshold = -1;

    /// <summary>Free bytes that a heap keeps at its end between two trims, so that one call's buffers are there for the next.</summary>
    private const int TrimThresholdBytes = 16 << 20;

    /// <summary>M_ARENA_MAX of malloc.h.</summary>
    private const int ArenaMaximum = -8;

    /// <summary>
    /// Heaps of the C library. It makes up to eight a core, and each keeps what its threads freed, so that the same work on another thread of the pool
    /// takes new memory. Allocation is no bottleneck here: tensors come from ONNX Runtime's own arena.
    /// </summary>
    private const int MaximumArenas = 2;

    private volatile bool _isMissing = !OperatingSystem.IsLinux();

    public MemoryTrimmer() => Call(static () =>
        SetOption(MapThreshold, MapThresholdBytes) & SetOption(TrimThreshold, TrimThresholdBytes) & SetOption(ArenaMaximum, MaximumArenas));

    public void Trim() => Call(static () => TrimHeap(0));

    private void Call(Func<int> function)
    {
        if (_isMissing) return;
        try
        {
            _ = function();
        }
        catch (EntryPointNotFoundException)
        {
            _isMissing = true;
        }
        catch (DllNotFoundException)
        {
            _isMissing = true;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int TrimHeap(nuint padding);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetOption(int option, int value);
}
