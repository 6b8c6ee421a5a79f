using System.Buffers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace EdgeHost.Protocol.Connections;

/// <summary>Sends pieces of memory together. For one thread at a time.</summary>
internal static unsafe partial class SocketSender
{
    /// <summary>Most pieces of one send.</summary>
    public const int MaxPieces = 32;

    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;
    private const int SafeBlockingBytes = 8 * 1024;

    /// <summary>Sends as much as the socket takes.</summary>
    /// <param name="socket">A blocking, connected socket.</param>
    /// <param name="pieces">What to send, in order; at most <see cref="MaxPieces"/>, none empty.</param>
    /// <param name="mayWait">Whether to block while the socket is full, up to its send time-out: one call of the system where polling takes dozens, at a
    /// third of the processor time for 6 MiB. Otherwise takes what goes at once.</param>
    /// <returns>Bytes sent; 0 if the socket is full.</returns>
    /// <exception cref="SocketException">The connection is lost.</exception>
    /// <exception cref="ObjectDisposedException">The socket was closed.</exception>
    public static int TrySend(Socket socket, ReadOnlySpan<ReadOnlyMemory<byte>> pieces, bool mayWait = false)
        => OperatingSystem.IsLinux() ? TrySendVectored(socket, pieces, mayWait ? NoSignal : DontWait | NoSignal) : TrySendFirst(socket, pieces[0].Span);

    private static int TrySendVectored(Socket socket, ReadOnlySpan<ReadOnlyMemory<byte>> pieces, int flags)
    {
        if (pieces.Length == 1)
        {
            fixed (byte* bytes = pieces[0].Span)
            {
                nint sent;
                do
                {
                    sent = Send(socket.SafeHandle, bytes, (nuint)pieces[0].Length, flags);
                }
                while (sent < 0 && Marshal.GetLastPInvokeError() == Interrupted);
                return Interpret(sent);
            }
        }

        var vectors = stackalloc IoVector[MaxPieces];
        var pins = default(Pins);
        try
        {
            for (var i = 0; i < pieces.Length; i++)
            {
                pins[i] = pieces[i].Pin();
                vectors[i] = new IoVector { Base = pins[i].Pointer, Length = (nuint)pieces[i].Length };
            }

            var message = new MessageHeader { Vectors = vectors, VectorCount = (nuint)pieces.Length };
            nint sent;
            do
            {
                sent = SendMessage(socket.SafeHandle, &message, flags);
            }
            while (sent < 0 && Marshal.GetLastPInvokeError() == Interrupted);
            return Interpret(sent);
        }
        finally
        {
            for (var i = 0; i < pieces.Length; i++)
            {
                pins[i].Dispose();
            }
        }
    }

    // A socket that reports itself writable takes a piece this small without blocking.
    private static int TrySendFirst(Socket socket, ReadOnlySpan<byte> piece)
        => socket.Poll(TimeSpan.Zero, SelectMode.SelectWrite) ? socket.Send(piece[..Math.Min(piece.Length, SafeBlockingBytes)]) : 0;

    private static int Interpret(nint sent)
    {
        if (sent >= 0) return (int)sent;
        var error = Marshal.GetLastPInvokeError();
        return error == WouldBlock ? 0 : throw new SocketException((int)SocketError.ConnectionReset, $"send failed with errno {error}");
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Send(SafeSocketHandle socket, byte* bytes, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "sendmsg", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint SendMessage(SafeSocketHandle socket, MessageHeader* message, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public void* Base;
        public nuint Length;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public void* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public void* Control;
        public nuint ControlLength;
        public int Flags;
    }

    [System.Runtime.CompilerServices.InlineArray(MaxPieces)]
    private struct Pins
    {
        private MemoryHandle _first;
    }
}
