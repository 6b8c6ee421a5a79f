using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeHost.Protocol.Connections;

/// <summary>Waits until a socket has something to read or somebody calls <see cref="Poke"/>. One thread waits at a time; anybody pokes. Linux only.</summary>
internal sealed unsafe partial class SocketWait : IDisposable
{
    private const short Readable = 1;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;

    private readonly Lock _gate = new();
    private readonly SafeSocketHandle _socket;
    private int _event;

    private SocketWait(SafeSocketHandle socket, int descriptor)
    {
        _socket = socket;
        _event = descriptor;
    }

    /// <summary>Creates one, or null where the platform has none.</summary>
    public static SocketWait? TryCreate(SafeSocketHandle socket)
    {
        if (!OperatingSystem.IsLinux()) return null;
        var descriptor = EventFd(0, NonBlocking | CloseOnExec);
        return descriptor < 0 ? null : new SocketWait(socket, descriptor);
    }

    /// <summary>Blocks until there is something to read, or a poke since the last wait.</summary>
    /// <returns>Whether it was a poke; the socket may be readable too.</returns>
    public bool Wait()
    {
        var held = false;
        try
        {
            _socket.DangerousAddRef(ref held);
            var waits = stackalloc PollEntry[2];
            waits[0] = new PollEntry { Descriptor = (int)_socket.DangerousGetHandle(), Events = Readable };
            waits[1] = new PollEntry { Descriptor = _event, Events = Readable };
            int ready;
            do
            {
                ready = Poll(waits, 2, -1);
            }
            while (ready < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            if (ready <= 0 || waits[1].Returned == 0) return false;
            ulong count;
            _ = Read(_event, &count, sizeof(ulong));
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false; // The read that follows says so.
        }
        finally
        {
            if (held) _socket.DangerousRelease();
        }
    }

    /// <summary>Ends the wait under way, or the next one.</summary>
    public void Poke()
    {
        lock (_gate)
        {
            if (_event < 0) return;
            ulong one = 1;
            _ = Write(_event, &one, sizeof(ulong));
        }
    }

    /// <summary>Frees it. By the thread that waits, when it waits no more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_event < 0) return;
            _ = Close(_event);
            _event = -1;
        }
    }

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Poll(PollEntry* entries, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Read(int descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Write(int descriptor, void* buffer, nuint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
