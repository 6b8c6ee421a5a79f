using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeHost.Disks;

/// <summary>Folders that only their owner reads (0700), and whose entries are on the disk when they are said to be. Thread-safe.</summary>
public static partial class PrivateFolders
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes a folder, and those above it that are missing; each is on the disk when this returns. One that is there keeps its mode.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It cannot be made: a file has its name, or the disk is full.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not make it.</exception>
    public static void Create(string folder)
    {
        var path = Path.GetFullPath(folder);
        if (Directory.Exists(path)) return;
        var parent = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(path));
        if (parent is not null) Create(parent);
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, OwnerOnly);
        if (parent is not null) Sync(parent);
    }

    /// <summary>Brings the names in a folder to the disk. Windows, and file systems that cannot do this, keep the order themselves.</summary>
    /// <param name="folder">The folder; nothing happens if it is not there.</param>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(folder, flags: 0);
        if (!handle.IsInvalid) _ = Synchronise(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Synchronise(SafeFileHandle handle);
}
