using System.Net.Sockets;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <summary>
/// A duplex connection of frames over a blocking socket, the same for host and client. One thread of its own reads; whoever sends
/// does it on his own thread when nobody else is sending, otherwise leaves the frame to who is. What a batch of received frames
/// causes to be sent goes out together at its end. Members are thread-safe.
/// </summary>
internal sealed partial class FrameConnection : IByteSource
{
    private const int ReaderStackBytes = 256 * 1024;

    private readonly Socket _socket;
    private readonly IFrameHandler _handler;
    private readonly FrameConnectionOptions _options;
    private readonly FrameReader _reader;
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _bytesReceived;

    /// <summary>Creates a connection; nothing happens before <see cref="Start"/>.</summary>
    /// <param name="socket">A connected, blocking socket that was never used asynchronously; owned from now on.</param>
    /// <param name="handler">Who gets the frames.</param>
    /// <param name="options">The limits.</param>
    public FrameConnection(Socket socket, IFrameHandler handler, FrameConnectionOptions options)
    {
        _socket = socket;
        _handler = handler;
        _options = options;
        _reader = new FrameReader(options.MaxFrameBytes, options.MaxDepth, options.LargeBuffers);
    }

    /// <summary>Completes when the connection has ended and its handler was told. Never fails.</summary>
    public Task Completion => _completion.Task;

    /// <summary>Bytes received so far.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Starts reading. From now on <see cref="Completion"/> is certain.</summary>
    public void Start()
        => new Thread(static connection => ((FrameConnection)connection!).Read(), ReaderStackBytes)
        {
            IsBackground = true,
            Name = _options.Name,
        }.UnsafeStart(this);

    /// <inheritdoc/>
    int IByteSource.Receive(Span<byte> buffer)
    {
        try
        {
            var received = _socket.Receive(buffer);
            Volatile.Write(ref _bytesReceived, _bytesReceived + received);
            return received;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Read()
    {
        try
        {
            while (_reader.Receive(this) > 0)
            {
                Cork();
                try
                {
                    while (!IsCutOff && _reader.TryNext())
                    {
                        _handler.OnFrame(_reader.Frame, _reader);
                    }
                }
                finally
                {
                    Uncork();
                }

                if (IsCutOff) DiscardUntilEnd();
            }

            if (!IsClosing && _reader.IsMidFrame) Close(new CloseReason(ErrorCode.Unavailable, "The other side closed the connection in the middle of a frame."), flush: false);
        }
        catch (EdgeHostException e)
        {
            _handler.OnBroken(e, _reader.Beginning);
            Close(new CloseReason(e.Code, e.Message), flush: true);
            DiscardUntilEnd();
        }
        finally
        {
            Finish();
        }
    }

    // The reason is under way. Reading on keeps a peer that is still writing from blocking before it reads it; the sender ends this.
    private void DiscardUntilEnd()
    {
        Span<byte> waste = stackalloc byte[4096];
        while (((IByteSource)this).Receive(waste) > 0)
        {
        }
    }

    private void Finish()
    {
        Close(CloseReason.PeerClosed, flush: false);
        _reader.Release();
        DropQueue();
        _socket.Dispose();
        _handler.OnClosed(_closeReason!);
        _completion.TrySetResult();
    }
}
