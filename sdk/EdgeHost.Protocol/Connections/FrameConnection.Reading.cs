using EdgeHost.Protocol.Frames;

namespace EdgeHost.Protocol.Connections;

/// <content>
/// The reading side, for whoever reads at the moment. A frame's handler may run work of unknown length on the reading thread
/// (<see cref="RunWhileReading"/>): if it takes long, the crew gives the reading to another thread, and this one is told that it reads no more.
/// </content>
internal sealed partial class FrameConnection
{
    private const int Reading = 0;
    private const int Working = 1;
    private const int HandedOn = 2;

    private int _work;
    private int _workNumber;
    private volatile int _readerThread;

    /// <summary>The socket's handle, to wait on.</summary>
    internal System.Net.Sockets.SafeSocketHandle Handle => _socket.SafeHandle;

    /// <summary>A number that changes with each piece of work on the reading thread; 0 while there is none.</summary>
    internal int WorkNumber => Volatile.Read(ref _work) == Working ? Volatile.Read(ref _workNumber) : 0;

    /// <summary>Says that the calling thread reads from now on, and handles the frames that an earlier reader left.</summary>
    internal ReadOutcome BeginReading()
    {
        _readerThread = Environment.CurrentManagedThreadId;
        Volatile.Write(ref _work, Reading);
        return Read(receive: false);
    }

    /// <summary>Blocks once for more and handles the frames that are complete then. By the thread that reads.</summary>
    internal ReadOutcome ReadOnce() => Read(receive: true);

    /// <inheritdoc/>
    ReadOutcome ICrewReading.Run(bool isHandedOn)
    {
        var outcome = BeginReading();
        while (outcome == ReadOutcome.More)
        {
            outcome = ReadOnce();
        }

        if (outcome == ReadOutcome.End) EndReading();
        return outcome;
    }

    /// <summary>Ends the connection. By the thread that reads, last.</summary>
    internal void EndReading()
    {
        Close(CloseReason.PeerClosed, flush: false);
        _reader.Release();
        DropQueue();
        _socket.Dispose();
        _handler.OnClosed(_closeReason!);
        _completion.TrySetResult();
    }

    /// <summary>Runs work on the reading thread, from inside <see cref="IFrameHandler.OnFrame"/>.</summary>
    /// <param name="work">The work; it must not touch the frame.</param>
    /// <param name="crew">Gives the reading to another thread when the work takes long.</param>
    /// <returns>Whether this thread still reads; if not, it must leave the frame and its reader alone, and <c>OnFrame</c> returns false.</returns>
    internal bool RunWhileReading(IThreadPoolWorkItem work, ReaderCrew crew)
    {
        _workNumber = _workNumber == int.MaxValue ? 1 : _workNumber + 1;
        Volatile.Write(ref _work, Working);
        crew.Watch();
        work.Execute();
        return Interlocked.CompareExchange(ref _work, Reading, Working) == Working;
    }

    /// <summary>Takes the reading from a thread that is at work. By the crew.</summary>
    /// <param name="workNumber">Which work is meant.</param>
    /// <returns>Whether it was; another thread must read then.</returns>
    internal bool TryTakeFromWork(int workNumber)
    {
        if (workNumber == 0 || WorkNumber != workNumber) return false;
        if (Interlocked.CompareExchange(ref _work, HandedOn, Working) != Working) return false;
        _handler.OnWorkTookLong();
        return true;
    }

    /// <summary>Takes the reading from the calling thread if it is at work on what it read, so that it may block; another thread must read then.</summary>
    internal bool TryTakeFromMyWork() => _readerThread == Environment.CurrentManagedThreadId && TryTakeFromWork(WorkNumber);

    private ReadOutcome Read(bool receive)
    {
        try
        {
            var received = receive ? _reader.Receive(this) : 1;
            if (received == IByteSource.Nothing)
            {
                _reader.Rest();
                return ReadOutcome.Idle;
            }

            if (received == 0)
            {
                if (!IsClosing && _reader.IsMidFrame) Close(new CloseReason(ErrorCode.Unavailable, "The other side closed the connection in the middle of a frame."), flush: false);
                return ReadOutcome.End;
            }

            if (!HandleFrames()) return ReadOutcome.HandedOn;
            if (!IsCutOff) return ReadOutcome.More;
        }
        catch (EdgeHostException e)
        {
            _handler.OnBroken(e, _reader.Beginning);
            Close(new CloseReason(e.Code, e.Message), flush: true);
        }

        DiscardUntilEnd();
        return ReadOutcome.End;
    }

    // False if the reading was handed on.
    private bool HandleFrames()
    {
        Cork();
        try
        {
            while (!IsCutOff && _reader.TryNext())
            {
                if (!_handler.OnFrame(_reader.Frame, _reader)) return false;
            }
        }
        catch
        {
            Uncork();
            throw;
        }

        Uncork();
        return true;
    }

    // The reason is under way. Reading on keeps a peer that is still writing from blocking before it reads it; the sender ends this.
    private void DiscardUntilEnd()
    {
        Span<byte> waste = stackalloc byte[4096];
        while (((IByteSource)this).Receive(waste) != 0)
        {
        }
    }
}
