using EdgeHost.Protocol;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Ipc.Calls;

/// <summary>
/// What a client has pushed to a call and its handler has not taken: bounded by the credit given and by bytes. The reading thread adds, the handler's
/// thread takes.
/// </summary>
internal sealed class PushQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<FrameBuffer> _items = new();
    private TaskCompletionSource? _arrived;
    private long _bytes;
    private readonly int _credit;
    private readonly long _mostBytes;
    private int _allowed;
    private int _taken;
    private long _takenBytes;
    private bool _hasEnded;
    private bool _isClosed;

    /// <summary>Creates a queue.</summary>
    /// <param name="credit">Items the client may push before it gets credit.</param>
    /// <param name="mostBytes">Once so many bytes wait, a further item breaks the rules; the one that reaches the limit may be of any size.</param>
    public PushQueue(int credit, long mostBytes)
    {
        _credit = _allowed = credit;
        _mostBytes = mostBytes;
    }

    /// <summary>Adds an item.</summary>
    /// <param name="item">The item; taken over, also when this throws.</param>
    /// <exception cref="EdgeHostException">The client broke the rules; the call ends with this.</exception>
    public void Add(FrameBuffer item)
    {
        TaskCompletionSource? arrived;
        lock (_gate)
        {
            var problem = _isClosed ? null : Check();
            if (_isClosed || problem is not null)
            {
                item.Release();
                if (problem is not null) throw problem;
                return;
            }

            _allowed--;
            _items.Enqueue(item);
            _bytes += item.Memory.Length;
            arrived = _arrived;
            _arrived = null;
        }

        arrived?.TrySetResult();
    }

    /// <summary>Says that the client pushes no more.</summary>
    /// <exception cref="EdgeHostException">It had said so before.</exception>
    public void End()
    {
        TaskCompletionSource? arrived;
        lock (_gate)
        {
            if (_hasEnded) throw new EdgeHostException(ErrorCode.InvalidArgument, $"{Notifications.End} came twice.");
            _hasEnded = true;
            arrived = _arrived;
            _arrived = null;
        }

        arrived?.TrySetResult();
    }

    /// <summary>Takes the next item, waiting for one.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The item, released by the caller; null at the end.</returns>
    public async ValueTask<FrameBuffer?> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Task arrived;
            lock (_gate)
            {
                if (_items.TryDequeue(out var item))
                {
                    _bytes -= item.Memory.Length;
                    _taken++;
                    _takenBytes += item.Memory.Length;
                    return item;
                }

                if (_hasEnded || _isClosed) return null;
                arrived = (_arrived ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await arrived.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>How much credit the client should get now: what was taken, once that is half of the items or half of the bytes that may be under way.</summary>
    public int TakeCredit()
    {
        lock (_gate)
        {
            if (_hasEnded || (_taken < (_credit + 1) / 2 && _takenBytes < _mostBytes / 2)) return 0;
            var given = _taken;
            _taken = 0;
            _takenBytes = 0;
            _allowed += given;
            return given;
        }
    }

    /// <summary>Releases what nobody took, and drops what still comes.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            while (_items.TryDequeue(out var item))
            {
                item.Release();
            }

            _bytes = 0;
        }
    }

    private EdgeHostException? Check()
    {
        if (_hasEnded) return new EdgeHostException(ErrorCode.InvalidArgument, $"{Notifications.Push} came after {Notifications.End}.");
        if (_allowed == 0) return new EdgeHostException(ErrorCode.ResourceExhausted, $"{Notifications.Push} came without credit; wait for {Notifications.Credit}.");
        return _bytes >= _mostBytes
            ? new EdgeHostException(ErrorCode.ResourceExhausted, $"{_bytes} bytes of pushed items wait for the handler, and hello allows {_mostBytes}; wait for {Notifications.Credit}.")
            : null;
    }
}
