using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace EdgeHost.ModelStore.Blobs;

/// <summary>
/// What changes when a file is written or replaced: length, times, and on Linux the inode and the time of the last change of the
/// inode, which a writer cannot set back. Two equal fingerprints of one path mean the same bytes, short of a forged file system.
/// </summary>
internal readonly partial record struct FileFingerprint(long Length, long ModifiedTicks, long ChangedTicks, long Inode)
{
    private const int AtWorkingFolder = -100;
    private const uint BasicStatistics = 0x7ff;
    private const int StatisticsBytes = 256;
    private const int InodeOffset = 32;
    private const int ChangedSecondsOffset = 96;
    private const int ChangedNanosecondsOffset = 104;

    /// <summary>The fingerprint of a file, or null if there is none.</summary>
    public static FileFingerprint? Of(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists) return null;
        var fingerprint = new FileFingerprint(file.Length, file.LastWriteTimeUtc.Ticks, file.CreationTimeUtc.Ticks, 0);
        return OperatingSystem.IsLinux() ? fingerprint.WithInode(path) : fingerprint;
    }

    private FileFingerprint WithInode(string path)
    {
        var statistics = new byte[StatisticsBytes];
        try
        {
            if (ReadStatistics(AtWorkingFolder, path, 0, BasicStatistics, statistics) != 0) return this;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than statx: length and times have to do.
            return this;
        }

        var seconds = BinaryPrimitives.ReadInt64LittleEndian(statistics.AsSpan(ChangedSecondsOffset));
        var nanoseconds = BinaryPrimitives.ReadUInt32LittleEndian(statistics.AsSpan(ChangedNanosecondsOffset));
        return this with
        {
            ChangedTicks = unchecked((seconds * 1_000_000_000) + nanoseconds),
            Inode = BinaryPrimitives.ReadInt64LittleEndian(statistics.AsSpan(InodeOffset)),
        };
    }

    // The one stat call whose structure is the same on every architecture.
    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ReadStatistics(int folder, string path, int flags, uint mask, [Out] byte[] statistics);
}
