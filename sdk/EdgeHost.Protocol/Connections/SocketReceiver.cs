using System.Net.Sockets;
using System.Runtime.InteropServices;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <summary>Receives by one plain call of the system, where <see cref="Socket"/> goes through layers made for more than blocking receives.</summary>
internal static unsafe partial class SocketReceiver
{
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    /// <summary>Blocks until something comes, up to the socket's time-out.</summary>
    /// <param name="socket">A blocking, connected socket.</param>
    /// <param name="buffer">Gets the bytes; not empty.</param>
    /// <returns>How many came; 0 at the end, however it came about; <see cref="IByteSource.Nothing"/> after the time-out.</returns>
    public static int Receive(Socket socket, Span<byte> buffer)
    {
        try
        {
            return OperatingSystem.IsLinux() ? ReceivePlainly(socket.SafeHandle, buffer) : ReceiveByFramework(socket, buffer);
        }
        catch (ObjectDisposedException)
        {
            return 0;
        }
    }

    private static int ReceivePlainly(SafeSocketHandle socket, Span<byte> buffer)
    {
        fixed (byte* bytes = buffer)
        {
            nint received;
            do
            {
                received = Receive(socket, bytes, (nuint)buffer.Length, 0);
            }
            while (received < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            if (received >= 0) return (int)received;
            return Marshal.GetLastPInvokeError() == WouldBlock ? IByteSource.Nothing : 0;
        }
    }

    private static int ReceiveByFramework(Socket socket, Span<byte> buffer)
    {
        var received = socket.Receive(buffer, SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => received,
            SocketError.TimedOut or SocketError.WouldBlock => IByteSource.Nothing,
            _ => 0,
        };
    }

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Receive(SafeSocketHandle socket, byte* buffer, nuint length, int flags);
}
