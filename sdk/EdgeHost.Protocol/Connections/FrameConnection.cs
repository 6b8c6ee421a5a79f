using System.Net.Sockets;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <summary>
/// A duplex connection of frames over a blocking socket, the same for host and client. One thread at a time reads: on the host one of a
/// <see cref="ReaderCrew"/>, in a client whom <see cref="SharedReading"/> says. Whoever sends does it on his own thread when nobody else is
/// sending, otherwise leaves the frame to who is. What a batch of received frames causes to be sent goes out together at its end.
/// Members are thread-safe.
/// </summary>
internal sealed partial class FrameConnection : IByteSource, ICrewReading
{
    private readonly Socket _socket;
    private readonly IFrameHandler _handler;
    private readonly FrameConnectionOptions _options;
    private readonly FrameReader _reader;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytesReceived;

    /// <summary>Creates a connection; nothing is read before somebody reads.</summary>
    /// <param name="socket">A connected, blocking socket that was never used asynchronously; owned from now on.</param>
    /// <param name="handler">Who gets the frames.</param>
    /// <param name="options">The limits.</param>
    public FrameConnection(Socket socket, IFrameHandler handler, FrameConnectionOptions options)
    {
        _socket = socket;
        _handler = handler;
        _options = options;
        _socket.SendTimeout = Math.Max(1, (int)options.InlinePatience.TotalMilliseconds);
        if (options.ParkAfter > TimeSpan.Zero && SocketEvents.IsSupported) _socket.ReceiveTimeout = Math.Max(1, (int)options.ParkAfter.TotalMilliseconds);
        _reader = new FrameReader(options.MaxFrameBytes, options.MaxDepth, options.LargeBuffers);
    }

    /// <summary>Completes when the connection has ended and its handler was told. Never fails.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Bytes received so far.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <inheritdoc/>
    FrameConnection ICrewReading.Connection => this;

    /// <inheritdoc/>
    int IByteSource.Receive(Span<byte> buffer)
    {
        var received = SocketReceiver.Receive(_socket, buffer);
        if (received > 0) Volatile.Write(ref _bytesReceived, _bytesReceived + received);
        return received;
    }
}
