namespace EdgeHost.Protocol.Connections;

/// <summary>
/// Decides who reads a client's connection: a caller that blocks reads its own answer, which saves the wake-up of a thread at every call; the
/// connection's own thread reads whenever somebody waits who does not read (<see cref="Expect"/>), and when no caller has read for a while. There is
/// never more than one reader, and never none while somebody waits. Thread-safe.
/// </summary>
/// <remarks>
/// What is awaited goes on where its answer was read if that was the own thread (<see cref="Resume"/>): the wake-up of another one costs as much as all the rest of a
/// small call. An app that keeps the thread for long loses it to another one, and its next answers are given to the thread pool.
/// </remarks>
internal sealed class SharedReading : ICrewReading
{
    /// <summary>So many answers go to the thread pool once one kept the reading thread for long.</summary>
    private const int AnswersElsewhere = 256;

    private static readonly ReaderCrew Crew = new("EdgeHost client", int.MaxValue);

    /// <summary>After a caller has read, the thread keeps off for this long, so that the next call need not push it aside.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(20);

    /// <summary>How often it looks while a caller reads: a caller that leaves nobody waiting does not wake it.</summary>
    private static readonly TimeSpan LongGrace = TimeSpan.FromMilliseconds(100);

    private readonly object _gate = new();
    private readonly List<ReadingWaiter> _waiters = [];
    private readonly FrameConnection _connection;
    private readonly SocketWait? _wait;
    private int _expected;
    private volatile bool _isTaken;
    private volatile bool _threadWaits;
    private bool _hasEnded;
    private bool _isOwnTurn;
    private int _elsewhere;
    private long _lastCaller;

    /// <summary>Creates it; nobody reads before <see cref="Start"/>.</summary>
    public SharedReading(FrameConnection connection)
    {
        _connection = connection;
        _wait = SocketWait.TryCreate(connection.Handle);
    }

    /// <inheritdoc/>
    FrameConnection ICrewReading.Connection => _connection;

    /// <summary>Starts the connection's own thread.</summary>
    public void Start() => Crew.Start(this);

    /// <summary>Lets whoever awaits an answer go on: here, or on the thread pool. From inside <see cref="IFrameHandler.OnFrame"/>.</summary>
    /// <param name="continuation">What goes on.</param>
    /// <returns>Whether this thread still reads; see <see cref="FrameConnection.RunWhileReading"/>.</returns>
    public bool Resume(IThreadPoolWorkItem continuation)
    {
        if (_isOwnTurn && Volatile.Read(ref _elsewhere) == 0) return _connection.RunWhileReading(continuation, Crew);
        if (_elsewhere > 0) Interlocked.Decrement(ref _elsewhere);
        ThreadPool.UnsafeQueueUserWorkItem(continuation, preferLocal: false);
        return true;
    }

    /// <summary>Says that what went on kept the reading thread for long.</summary>
    public void OnWorkTookLong() => Volatile.Write(ref _elsewhere, AnswersElsewhere);

    /// <summary>Says that something will come for somebody who does not read himself. Before the request is sent.</summary>
    public void Expect()
    {
        Interlocked.Increment(ref _expected);
        if (_isTaken) return;
        lock (_gate)
        {
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes back one <see cref="Expect"/>.</summary>
    public void Met() => Interlocked.Decrement(ref _expected);

    /// <summary>Blocks until the waiter is done, reading meanwhile if nobody else does.</summary>
    /// <param name="waiter">Whom somebody completes.</param>
    /// <param name="isInterruptible">Whether <see cref="Interrupt"/> must end a read under way.</param>
    public void Await(ReadingWaiter waiter, bool isInterruptible)
    {
        if (_connection.TryTakeFromMyWork()) Crew.ReadOn(this); // It went on here after an answer and calls again, blocking.
        while (!waiter.IsDone)
        {
            if (!Enter(waiter) && !waiter.Wait()) break;
            ReadFor(waiter, isInterruptible);
        }

        Leave(waiter);
    }

    /// <summary>Makes the reader look whether it is done. After a waiter was completed by something else than a frame.</summary>
    public void Interrupt() => _wait?.Poke();

    // True if the caller reads now. Otherwise it is queued, and the thread asked to give way if it waits for nobody.
    private bool Enter(ReadingWaiter waiter)
    {
        lock (_gate)
        {
            if (!_isTaken && !_hasEnded)
            {
                _isTaken = true;
                return true;
            }

            if (!_waiters.Contains(waiter)) _waiters.Add(waiter);
            if (_threadWaits) _wait?.Poke();
            return false;
        }
    }

    private void ReadFor(ReadingWaiter waiter, bool isInterruptible)
    {
        var outcome = _connection.BeginReading();
        while (outcome == ReadOutcome.More && !waiter.IsDone)
        {
            if (isInterruptible && _wait is not null && _wait.Wait()) continue;
            outcome = _connection.ReadOnce();
        }

        if (outcome == ReadOutcome.End) End();
        else Release(isCaller: true);
    }

    // A waiter may have been appointed reader in the moment it was done: then somebody else must read.
    private void Leave(ReadingWaiter waiter)
    {
        bool wasAppointed;
        lock (_gate)
        {
            wasAppointed = !_waiters.Remove(waiter) && waiter.TakeAppointment();
        }

        if (wasAppointed) Release(isCaller: true);
    }

    private void Release(bool isCaller)
    {
        ReadingWaiter? next = null;
        lock (_gate)
        {
            if (isCaller) _lastCaller = Environment.TickCount64;
            if (_waiters.Count > 0)
            {
                next = _waiters[0];
                _waiters.RemoveAt(0);
                next.Appoint();
                return;
            }

            _isTaken = false;
            Interlocked.MemoryBarrier(); // Whoever expects something sees that nobody reads, or is seen here.
            if (Volatile.Read(ref _expected) > 0) Monitor.Pulse(_gate);
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _hasEnded = true;
            Monitor.Pulse(_gate);
        }

        _connection.EndReading(); // Completes everybody who waits.
        _wait?.Dispose();
    }

    /// <inheritdoc/>
    ReadOutcome ICrewReading.Run(bool isHandedOn)
    {
        while (isHandedOn || Take())
        {
            isHandedOn = false;
            _isOwnTurn = true;
            var outcome = _connection.BeginReading();
            while (outcome == ReadOutcome.More)
            {
                if (MustGiveWay()) break;
                outcome = _connection.ReadOnce();
            }

            if (outcome == ReadOutcome.HandedOn) return outcome;
            _isOwnTurn = false;
            if (outcome == ReadOutcome.End)
            {
                End();
                break;
            }

            Release(isCaller: false);
        }

        return ReadOutcome.End;
    }

    // The thread's turn: somebody waits who does not read, or no caller has read for a while. False at the end.
    private bool Take()
    {
        lock (_gate)
        {
            while (!_hasEnded)
            {
                if (!_isTaken)
                {
                    var quiet = Environment.TickCount64 - _lastCaller;
                    if (Volatile.Read(ref _expected) > 0 || quiet >= Grace.TotalMilliseconds)
                    {
                        _isTaken = true;
                        return true;
                    }
                }

                Monitor.Wait(_gate, _isTaken ? LongGrace : Grace);
            }

            return false;
        }
    }

    // While nobody waits for it the thread waits so that a caller can push it aside.
    private bool MustGiveWay()
    {
        if (_wait is null || Volatile.Read(ref _expected) > 0) return false;
        lock (_gate)
        {
            if (_waiters.Count > 0) return true;
            _threadWaits = true;
        }

        var poked = _wait.Wait();
        lock (_gate)
        {
            _threadWaits = false;
            return poked && _waiters.Count > 0 && Volatile.Read(ref _expected) == 0;
        }
    }
}
