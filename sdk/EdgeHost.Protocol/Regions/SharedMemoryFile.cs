using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeHost.Protocol.Regions;

/// <summary>
/// A file in memory whose size is sealed: whoever has it may write into it and can neither shorten nor lengthen it, so that nobody who reads a
/// mapping of it ever finds its end missing. Linux alone has these. Thread-safe.
/// </summary>
internal static unsafe partial class SharedMemoryFile
{
    private const uint CloseOnExecute = 0x1;
    private const uint AllowSealing = 0x2;
    private const uint NeverExecutable = 0x8;
    private const int AddSealsCommand = 1033;
    private const int GetSealsCommand = 1034;
    private const int NoMoreSeals = 0x1;
    private const int NoShrinking = 0x2;
    private const int NoGrowing = 0x4;
    private const int SizeSeals = NoMoreSeals | NoShrinking | NoGrowing;
    private const int InvalidArgument = 22;

    private static readonly Lazy<bool> Supported = new(Probe);

    /// <summary>Whether this system has them.</summary>
    public static bool IsSupported => Supported.Value;

    /// <summary>Bytes are counted in these.</summary>
    public static int PageBytes => Environment.SystemPageSize;

    /// <summary>Makes one, full of zeros; memory is taken as it is written.</summary>
    /// <param name="bytes">Its size, a multiple of <see cref="PageBytes"/>.</param>
    /// <returns>The file, not inherited by child processes; the caller disposes it.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the system has none to give.</exception>
    public static SafeFileHandle Create(long bytes)
    {
        var descriptor = Make();
        if (descriptor < 0) throw Refused("memfd_create");
        var file = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            if (Truncate(file, (nint)bytes) < 0) throw Refused("ftruncate");
            if (Control(file, AddSealsCommand, SizeSeals) < 0) throw Refused("fcntl");
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Where another process of the same user can open the file, as long as this one holds it open.</summary>
    public static string PathOf(SafeFileHandle file)
        => string.Create(CultureInfo.InvariantCulture, $"/proc/{Environment.ProcessId}/fd/{file.DangerousGetHandle()}");

    /// <summary>
    /// Opens the file of another process. It must be what was announced: named by that process's own folder, sealed, and of the given size. Anything
    /// else could be somebody else's memory, or end while it is read.
    /// </summary>
    /// <param name="path">What <see cref="PathOf"/> gave there.</param>
    /// <param name="processId">The process at the other end of the connection, as the system names it here.</param>
    /// <param name="bytes">The size.</param>
    /// <returns>The file, for the caller to dispose; null if it cannot be opened or is something else.</returns>
    public static SafeFileHandle? TryOpen(string path, long processId, long bytes)
    {
        if (!OperatingSystem.IsLinux() || !IsPathOf(path, processId)) return null;
        SafeFileHandle? file = null;
        try
        {
            file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            if (RandomAccess.GetLength(file) == bytes && Control(file, GetSealsCommand, 0) is >= 0 and var seals && (seals & SizeSeals) == SizeSeals) return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Another user, a container, a file system without it: the caller goes on without regions.
        }

        file?.Dispose();
        return null;
    }

    // A path that somebody made up could lead anywhere; this one leads to that process alone.
    private static bool IsPathOf(string path, long processId)
    {
        var prefix = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd/");
        return processId > 0
            && path.StartsWith(prefix, StringComparison.Ordinal)
            && int.TryParse(path.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static bool Probe()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess) return false;
        try
        {
            using var file = Create(PageBytes);
            return true;
        }
        catch (EdgeHostException)
        {
            return false;
        }
    }

    private static int Make()
    {
        fixed (byte* name = "edgehost-region"u8)
        {
            var descriptor = CreateMemoryFile(name, CloseOnExecute | AllowSealing | NeverExecutable);

            // Older kernels do not know the last flag; some newer ones insist on it.
            return descriptor < 0 && Marshal.GetLastPInvokeError() == InvalidArgument ? CreateMemoryFile(name, CloseOnExecute | AllowSealing) : descriptor;
        }
    }

    private static EdgeHostException Refused(string call)
        => new(ErrorCode.ResourceExhausted, $"The system gave no shared memory ({call}, errno {Marshal.GetLastPInvokeError()}).");

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateMemoryFile(byte* name, uint flags);

    [LibraryImport("libc", EntryPoint = "ftruncate", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Truncate(SafeFileHandle file, nint length);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}
