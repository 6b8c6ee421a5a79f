using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <content>The sending side.</content>
internal sealed partial class FrameConnection
{
    private const int MaxIdleFrames = 16;

    private readonly object _gate = new();
    private readonly Queue<FrameWriter> _queue = new();
    private readonly Stack<FrameWriter> _idleFrames = new();
    private readonly SendBatch _batch = new();
    private long _queuedBytes;
    private long _postedBytes;
    private long _bytesSent;
    private bool _isSending;
    private volatile bool _isCorked;
    private bool _hasWriter;
    private bool _isHandedOver;
    private TaskCompletionSource? _room;
    private volatile CloseReason? _closeReason;

    /// <summary>Bytes sent so far.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Whether the connection is closed or about to be.</summary>
    public bool IsClosing => _closeReason is not null;

    // A peer that went away while we were sending may have said why just before: what it sent is still read to the end.
    private bool IsCutOff => _closeReason is { } reason && !ReferenceEquals(reason, CloseReason.PeerClosed);

    /// <summary>Why the connection ended or ends, or null.</summary>
    public CloseReason? Reason => _closeReason;

    /// <summary>Gives an empty frame, which goes back by sending it or with <see cref="Recycle"/>.</summary>
    public FrameWriter RentFrame()
    {
        lock (_gate)
        {
            if (_idleFrames.TryPop(out var frame)) return frame;
        }

        return new FrameWriter();
    }

    /// <summary>Takes a frame back unsent.</summary>
    public void Recycle(FrameWriter frame)
    {
        frame.Reset();
        lock (_gate)
        {
            if (_idleFrames.Count < MaxIdleFrames) _idleFrames.Push(frame);
        }
    }

    /// <summary>
    /// Sends a frame, waiting first while too much is queued. Completes when the frame is sent or queued; if it refers to memory of others,
    /// not before it is sent or the connection lost, so that the memory is free again.
    /// </summary>
    /// <param name="frame">The frame; taken over in any case.</param>
    /// <param name="cancellationToken">Stops waiting for room: the frame is then not sent. Has no effect once the frame is queued.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the connection is closed, and why.</exception>
    public ValueTask SendAsync(FrameWriter frame, CancellationToken cancellationToken)
    {
        var sent = frame.Sent?.Task;
        var queued = QueueAsync(frame, cancellationToken);
        if (sent is null || !queued.IsCompletedSuccessfully) return queued.IsCompletedSuccessfully ? ValueTask.CompletedTask : ThenAsync(queued, sent);
        return new ValueTask(sent);

        static async ValueTask ThenAsync(ValueTask queued, Task? sent)
        {
            await queued.ConfigureAwait(false);
            if (sent is not null) await sent.ConfigureAwait(false);
        }
    }

    /// <summary>Like <see cref="SendAsync"/>, and never waits until the frame is sent.</summary>
    public ValueTask QueueAsync(FrameWriter frame, CancellationToken cancellationToken)
    {
        frame.Seal();
        bool isQueued, mustSend;
        lock (_gate)
        {
            isQueued = TryAppend(frame, out mustSend);
        }

        if (!isQueued) return QueueWhenRoomAsync(frame, cancellationToken);
        if (mustSend) Drain(_options.InlinePatience);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Sends a frame without waiting; for the reading thread. A peer that lets twice the allowed bytes of such frames pile up is cut off: what
    /// others queued does not count, since one frame of theirs may be larger than that.
    /// </summary>
    /// <param name="frame">The frame; taken over in any case.</param>
    public void Post(FrameWriter frame)
    {
        frame.Seal();
        bool isQueued, mustSend;
        lock (_gate)
        {
            frame.IsPosted = true;
            mustSend = false;
            isQueued = Fits(_postedBytes, frame, 2L * _options.SendQueueBytes);
            if (isQueued) mustSend = Append(frame);
        }

        if (!isQueued)
        {
            Recycle(frame);
            if (!IsClosing) Close(new CloseReason(ErrorCode.ResourceExhausted, "The connection was closed: its answers were not read."), flush: false);
        }
        else if (mustSend)
        {
            Drain(TimeSpan.Zero);
        }
    }

    /// <summary>Ends the connection; the first reason counts.</summary>
    /// <param name="reason">Why; the peer is told where <paramref name="flush"/> is set.</param>
    /// <param name="flush">Whether to send what is queued and the reason first, as long as the peer takes it; otherwise everything queued is dropped.</param>
    public void Close(CloseReason reason, bool flush)
    {
        var mustSend = false;
        lock (_gate)
        {
            if (_closeReason is null && flush)
            {
                var frame = _idleFrames.TryPop(out var idle) ? idle : new FrameWriter();
                RpcWriter.BeginNotification(frame, Notifications.GoingAway, 1);
                RpcWriter.Append(frame, reason);
                frame.Seal();
                _queue.Enqueue(frame);
                _queuedBytes += frame.Length;
            }

            _closeReason ??= reason;
            _room?.TrySetResult();
            _room = null;
            if (flush)
            {
                mustSend = !_isSending;
                _isSending = true;
            }
        }

        if (flush)
        {
            if (mustSend) Drain(TimeSpan.Zero);
            return;
        }

        Shutdown();
        DropQueue();
    }

    private async ValueTask QueueWhenRoomAsync(FrameWriter frame, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? room = null;
            bool isQueued, mustSend;
            lock (_gate)
            {
                isQueued = TryAppend(frame, out mustSend);
                if (!isQueued && _closeReason is null)
                {
                    room = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                }
            }

            if (isQueued)
            {
                if (mustSend) Drain(_options.InlinePatience);
                return;
            }

            if (room is null)
            {
                Recycle(frame);
                throw _closeReason!.ToException();
            }

            try
            {
                await room.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                Recycle(frame);
                throw;
            }
        }
    }

    // Under the lock, as all of these.
    private bool TryAppend(FrameWriter frame, out bool mustSend)
    {
        mustSend = false;
        if (!Fits(_queuedBytes, frame, _options.SendQueueBytes)) return false;
        mustSend = Append(frame);
        return true;
    }

    private bool Fits(long waiting, FrameWriter frame, long limit) => _closeReason is null && (waiting == 0 || waiting + frame.Length <= limit);

    private bool Append(FrameWriter frame)
    {
        frame.Queued?.OnQueued();
        _queue.Enqueue(frame);
        _queuedBytes += frame.Length;
        if (frame.IsPosted) _postedBytes += frame.Length;

        // The reader holds back what its batch causes; others need not wait for the end of the batch.
        var mustSend = !_isSending && !(_isCorked && _readerThread == Environment.CurrentManagedThreadId);
        if (mustSend) _isSending = true;
        return mustSend;
    }

    private void Leave(FrameWriter frame)
    {
        _queuedBytes -= frame.Length;
        if (frame.IsPosted) _postedBytes -= frame.Length;
    }

    private void Cork() => _isCorked = true;

    private void Uncork()
    {
        var mustSend = false;
        lock (_gate)
        {
            _isCorked = false;
            if (!_isSending && _queue.Count > 0) mustSend = _isSending = true;
        }

        if (mustSend) Drain(TimeSpan.Zero);
    }
}
