using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeHost.Protocol.Connections;

/// <summary>
/// Waits for many sockets with one thread: each is armed, reported once when there is something to read or its peer is gone, and must be armed again. One thread waits,
/// anybody arms. A socket that is closed is forgotten. Linux only (epoll).
/// </summary>
internal sealed unsafe partial class SocketEvents : IDisposable
{
    private const int WakeKey = -1;
    private const int MostAtOnce = 64;
    private const int Add = 1;
    private const int Modify = 3;
    private const uint Readable = 0x1;
    private const uint PeerClosed = 0x2000;
    private const uint Once = 1u << 30;
    private const int NoSuchEntry = 2;
    private const int CloseOnExec = 0x80000;

    private readonly int _poll;
    private readonly int _wake;

    private SocketEvents(int poll, int wake)
    {
        _poll = poll;
        _wake = wake;
    }

    /// <summary>Whether the platform has it.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux();

    // The kernel packs its structure where 32-bit programs of the same machine align it otherwise.
    private static bool IsPacked => RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    private static int EventBytes => IsPacked ? 12 : 16;

    private static int KeyOffset => IsPacked ? 4 : 8;

    /// <summary>Creates one, or null where the platform has none or no file may be opened.</summary>
    public static SocketEvents? TryCreate()
    {
        if (!IsSupported) return null;
        var poll = CreatePoll(CloseOnExec);
        if (poll < 0) return null;
        var wake = CreateEvent(0, CloseOnExec);
        if (wake >= 0)
        {
            var events = new SocketEvents(poll, wake);
            if (events.Control(Add, wake, WakeKey)) return events;
            _ = Close(wake);
        }

        _ = Close(poll);
        return null;
    }

    /// <summary>Says once that a socket can be read; also if it can already. It must stay open until it was reported.</summary>
    /// <param name="descriptor">The socket, which is also what <see cref="Wait"/> reports.</param>
    /// <returns>False if the system watches no more.</returns>
    public bool TryArm(int descriptor)
        => Control(Modify, descriptor, descriptor) || (Marshal.GetLastPInvokeError() == NoSuchEntry && Control(Add, descriptor, descriptor));

    /// <summary>Blocks until a socket can be read.</summary>
    /// <param name="ready">Gets the sockets.</param>
    /// <param name="milliseconds">How long to wait at most; -1 for ever.</param>
    /// <returns>How many there are; 0 after the time or <see cref="Wake"/>, and now and then without reason.</returns>
    public int Wait(Span<int> ready, int milliseconds)
    {
        var bytes = stackalloc byte[MostAtOnce * 16];
        var reported = WaitForEvents(_poll, bytes, Math.Min(ready.Length, MostAtOnce), milliseconds);
        var count = 0;
        for (var i = 0; i < reported; i++)
        {
            var key = Unsafe.ReadUnaligned<int>(bytes + (i * EventBytes) + KeyOffset);
            if (key != WakeKey) ready[count++] = key;
        }

        return count;
    }

    /// <summary>Ends the wait under way, or the next one. Works once.</summary>
    public void Wake()
    {
        ulong one = 1;
        _ = Write(_wake, &one, sizeof(ulong));
    }

    /// <summary>Frees it, when nobody uses it any more.</summary>
    public void Dispose()
    {
        _ = Close(_poll);
        _ = Close(_wake);
    }

    private bool Control(int operation, int descriptor, int key)
    {
        var bytes = stackalloc byte[16];
        Unsafe.WriteUnaligned(bytes, Readable | PeerClosed | Once);
        Unsafe.WriteUnaligned(bytes + KeyOffset, (long)key);
        return ControlPoll(_poll, operation, descriptor, bytes) == 0;
    }

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreatePoll(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ControlPoll(int poll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitForEvents(int poll, byte* events, int most, int milliseconds);

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CreateEvent(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
