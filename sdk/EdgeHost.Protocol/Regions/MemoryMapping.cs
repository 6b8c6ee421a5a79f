using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeHost.Protocol.Regions;

/// <summary>
/// A mapping of a <see cref="SharedMemoryFile"/>. Releasing it gives the shared memory back at once, but its addresses only after a while: until then
/// they lead to zeros, so that code which still looks there by mistake sees nothing of others and does not end the process.
/// </summary>
internal sealed partial class MemoryMapping : SafeHandleZeroOrMinusOneIsInvalid
{
    private const int Read = 0x1;
    private const int ReadWrite = 0x3;
    private const int Shared = 0x01;
    private const int Private = 0x02;
    private const int AtAddress = 0x10;
    private const int Anonymous = 0x20;
    private const int NotReserved = 0x4000;
    private const int MostVacant = 64;

    private static readonly Queue<(nint Address, nuint Bytes)> Vacant = new();

    private readonly nuint _bytes;
    private readonly int _protection;

    private MemoryMapping(nint address, nuint bytes, int protection)
        : base(ownsHandle: true)
    {
        _bytes = bytes;
        _protection = protection;
        SetHandle(address);
    }

    /// <summary>The first byte.</summary>
    public nint Address => handle;

    /// <summary>Maps a file from its beginning.</summary>
    /// <param name="file">The file; may be closed afterwards.</param>
    /// <param name="bytes">How much of it; all of it must exist and be sealed.</param>
    /// <param name="isWritable">Whether this process writes into it.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: the system does not map it.</exception>
    public static MemoryMapping Of(SafeFileHandle file, long bytes, bool isWritable)
    {
        var protection = isWritable ? ReadWrite : Read;
        var address = Map(0, (nuint)bytes, protection, Shared, file, 0);
        return address is 0 or -1
            ? throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The system did not map {bytes} bytes of shared memory (errno {Marshal.GetLastPInvokeError()}).")
            : new MemoryMapping(address, (nuint)bytes, protection);
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        if (Map(handle, _bytes, _protection, Private | Anonymous | AtAddress | NotReserved, -1, 0) != handle)
        {
            return Unmap(handle, _bytes) == 0;
        }

        (nint Address, nuint Bytes) oldest;
        lock (Vacant)
        {
            Vacant.Enqueue((handle, _bytes));
            if (Vacant.Count <= MostVacant) return true;
            oldest = Vacant.Dequeue();
        }

        return Unmap(oldest.Address, oldest.Bytes) == 0;
    }

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint bytes, int protection, int flags, SafeFileHandle file, nint offset);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Map(nint address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Unmap(nint address, nuint bytes);
}
