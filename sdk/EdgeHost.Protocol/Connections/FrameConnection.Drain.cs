using System.Net.Sockets;
using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <content>How the queue empties, and what becomes of it when the connection is lost.</content>
internal sealed partial class FrameConnection
{
    private const int WriterStackBytes = 256 * 1024;
    private const int MaxInlineRounds = 64;
    private static readonly TimeSpan WriterLinger = TimeSpan.FromSeconds(2);

    // By whoever set _isSending. Sends until nothing is queued, or leaves the rest to the writer thread.
    private void Drain(TimeSpan patience)
    {
        for (var round = 0; round < MaxInlineRounds; round++)
        {
            if (!FillBatch()) return;
            if (!SendBatchNow(patience))
            {
                HandOver();
                return;
            }
        }

        HandOver();
    }

    private bool FillBatch()
    {
        lock (_gate)
        {
            if (!_batch.Remaining.IsEmpty) return true;
            if (_queue.Count > 0 || _batch.HasPartial)
            {
                _batch.Fill(_queue);
                return true;
            }

            _isSending = false;
            if (_closeReason is null) return false;
        }

        Shutdown();
        return false;
    }

    // False if the socket stayed full for as long as the thread was ready to wait.
    private bool SendBatchNow(TimeSpan patience)
    {
        try
        {
            while (!_batch.Remaining.IsEmpty)
            {
                var sent = SocketSender.TrySend(_socket, _batch.Remaining, mayWait: patience > TimeSpan.Zero);
                if (sent > 0)
                {
                    Volatile.Write(ref _bytesSent, _bytesSent + sent);
                    _batch.Advance(sent);
                }
                else if (patience <= _options.InlinePatience || !_socket.Poll(patience, SelectMode.SelectWrite))
                {
                    return false;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Abandon();
            return true;
        }

        CompleteBatch();
        return true;
    }

    private void CompleteBatch()
    {
        TaskCompletionSource? room = null;
        lock (_gate)
        {
            foreach (var frame in _batch.Frames)
            {
                Leave(frame);
                frame.Sent?.TrySetResult();
                frame.Reset();
                if (_idleFrames.Count < MaxIdleFrames) _idleFrames.Push(frame);
            }

            _batch.Frames.Clear();
            if (_room is not null && _queuedBytes <= _options.SendQueueBytes / 2)
            {
                room = _room;
                _room = null;
            }
        }

        room?.TrySetResult();
    }

    private void HandOver()
    {
        lock (_gate)
        {
            _isHandedOver = true;
            if (_hasWriter)
            {
                Monitor.Pulse(_gate);
                return;
            }

            _hasWriter = true;
        }

        new Thread(static connection => ((FrameConnection)connection!).Write(), WriterStackBytes)
        {
            IsBackground = true,
            Name = _options.Name,
        }.UnsafeStart(this);
    }

    // Only for a peer that does not keep up: the one thread that may wait for it.
    private void Write()
    {
        while (true)
        {
            lock (_gate)
            {
                if (!_isHandedOver) Monitor.Wait(_gate, WriterLinger);
                if (!_isHandedOver)
                {
                    _hasWriter = false;
                    return;
                }

                _isHandedOver = false;
            }

            while (FillBatch())
            {
                if (SendBatchNow(_options.SendTimeout)) continue;
                Close(new CloseReason(ErrorCode.ResourceExhausted, $"The connection was closed: nothing was read from it for {_options.SendTimeout.TotalSeconds:0.#} s."), flush: false);
                Abandon();
            }
        }
    }

    // By whoever set _isSending, after the connection was lost.
    private void Abandon()
    {
        Shutdown();
        var lost = new List<FrameWriter>();
        lock (_gate)
        {
            _closeReason ??= CloseReason.PeerClosed;
            _batch.Abandon(lost);
        }

        Drop(lost);
        DropQueue();
    }

    private void DropQueue()
    {
        var lost = new List<FrameWriter>();
        TaskCompletionSource? room;
        lock (_gate)
        {
            while (_queue.TryDequeue(out var frame))
            {
                lost.Add(frame);
            }

            if (!_isSending) _batch.Abandon(lost);
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
        Drop(lost);
    }

    private void Drop(List<FrameWriter> lost)
    {
        foreach (var frame in lost)
        {
            frame.Sent?.TrySetResult();
            lock (_gate)
            {
                Leave(frame);
            }

            frame.Reset();
        }
    }

    private void Shutdown()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The connection is gone already, which is what was wanted.
        }
    }
}
