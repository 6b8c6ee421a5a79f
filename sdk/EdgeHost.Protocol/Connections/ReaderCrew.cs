using System.Diagnostics.CodeAnalysis;

namespace EdgeHost.Protocol.Connections;

/// <summary>
/// Threads that read connections, one for each that is not at rest, and work on what they read. A connection whose reading thread is at work for more than a
/// millisecond or two gets another one, so that a handler, or an app that goes on with an answer, never holds up what comes behind. Thread-safe.
/// </summary>
/// <remarks>
/// A call that runs where it was read saves two wake-ups of a thread, most of what a small call costs. Watching costs one more thread that looks
/// at the connections every millisecond, only while calls run this way.
/// </remarks>
internal sealed class ReaderCrew : IDisposable
{
    private const int StackBytes = 1536 * 1024;
    private const int MostIdle = 4;
    private const int QuietTicks = 20;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Stack<Member> _idle = new();
    private readonly ParkedReadings _parked;
    private readonly List<Watched> _watched = [];
    private readonly AutoResetEvent _wake = new(false); // What spins before it waits would do so at every tick.
    private readonly string _name;
    private readonly int _mostLent;
    private int _lent;
    private volatile bool _isWatching;
    private volatile bool _wasTouched;
    private volatile bool _isDisposed;
    private Thread? _watcher;

    /// <summary>Creates a crew.</summary>
    /// <param name="name">The name of its threads.</param>
    /// <param name="mostLent">Threads that may be at work on calls known to be long at once.</param>
    public ReaderCrew(string name, int mostLent)
    {
        _name = name;
        _mostLent = mostLent;
        _parked = new ParkedReadings(name + " parked", reading => Assign(new Assignment(reading, IsHandedOn: false)));
    }

    /// <summary>Threads that are at work on a call while another one reads their connection.</summary>
    public int Lent => Volatile.Read(ref _lent);

    /// <summary>Connections at rest, which take no thread.</summary>
    public int Parked => _parked.Count;

    /// <summary>Reads a new connection to its end.</summary>
    public void Start(ICrewReading reading)
    {
        lock (_gate)
        {
            _watched.Add(new Watched(reading));
        }

        Assign(new Assignment(reading, IsHandedOn: false));
    }

    /// <summary>
    /// Gives the reading of a connection to another thread so that the calling one, which reads it, can do long work. From inside
    /// <see cref="IFrameHandler.OnFrame"/>, which then returns false.
    /// </summary>
    /// <returns>False if too many threads are at work already; the calling thread goes on reading.</returns>
    public bool TryRelieve(ICrewReading reading)
    {
        if (Interlocked.Increment(ref _lent) > _mostLent)
        {
            Interlocked.Decrement(ref _lent);
            return false;
        }

        Assign(new Assignment(reading, IsHandedOn: true));
        return true;
    }

    /// <summary>Lets another thread read a connection whose reading was taken with <see cref="FrameConnection.TryTakeFromWork"/>.</summary>
    public void ReadOn(ICrewReading reading)
    {
        Interlocked.Increment(ref _lent);
        Assign(new Assignment(reading, IsHandedOn: true));
    }

    /// <summary>Says that a call begins on a reading thread.</summary>
    public void Watch()
    {
        if (!_wasTouched)
        {
            _wasTouched = true;
            Interlocked.MemoryBarrier();
        }

        if (!_isWatching) WakeWatcher();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Under the lock, or the watcher could see it, end and take the semaphore along before it is released here.
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            while (_idle.TryPop(out var member))
            {
                member.Give(null);
            }

            if (_watcher is null) _wake.Dispose();
            else _wake.Set();
        }

        _parked.Dispose();
    }

    private void Assign(Assignment assignment)
    {
        Member? member;
        lock (_gate)
        {
            _idle.TryPop(out member);
        }

        if (member is not null)
        {
            member.Give(assignment);
            return;
        }

        member = new Member(this, assignment);
        new Thread(static state => ((Member)state!).Run(), StackBytes) { IsBackground = true, Name = _name }.UnsafeStart(member);
    }

    // Until the connection has ended, another thread reads it or it is parked.
    private void Read(Assignment assignment)
    {
        var outcome = assignment.Reading.Run(assignment.IsHandedOn);
        while (outcome == ReadOutcome.Idle)
        {
            if (_parked.TryPark(assignment.Reading)) return;
            outcome = assignment.Reading.Run(isHandedOn: true);
        }

        if (outcome == ReadOutcome.End) Forget(assignment.Reading);
        else Interlocked.Decrement(ref _lent);
    }

    private void Forget(ICrewReading reading)
    {
        lock (_gate)
        {
            _watched.RemoveAll(watched => watched.Reading == reading);
        }
    }

    private bool TryRest(Member member)
    {
        lock (_gate)
        {
            if (_isDisposed || _idle.Count >= MostIdle) return false;
            _idle.Push(member);
            return true;
        }
    }

    // False if somebody has taken the member meanwhile.
    private bool TryDismiss(Member member)
    {
        lock (_gate)
        {
            if (!_idle.Contains(member)) return false;
            var others = _idle.Where(other => other != member).Reverse().ToArray();
            _idle.Clear();
            foreach (var other in others)
            {
                _idle.Push(other);
            }

            return true;
        }
    }

    private void WakeWatcher()
    {
        lock (_gate)
        {
            if (_isWatching || _isDisposed) return;
            _isWatching = true;
            if (_watcher is null)
            {
                _watcher = new Thread(static crew => ((ReaderCrew)crew!).WatchAll(), 128 * 1024) { IsBackground = true, Name = _name + " watch" };
                _watcher.UnsafeStart(this);
                return;
            }

            _wake.Set();
        }
    }

    private void WatchAll()
    {
        var quiet = 0;
        var late = new List<ICrewReading>();
        while (!_isDisposed)
        {
            _wake.WaitOne(Tick);
            quiet = _wasTouched ? 0 : quiet + 1;
            _wasTouched = false;
            var isBusy = Look(late);
            foreach (var reading in late)
            {
                ReadOn(reading);
            }

            late.Clear();
            if (isBusy || quiet < QuietTicks) continue;
            _isWatching = false;
            Interlocked.MemoryBarrier();
            if (_wasTouched)
            {
                _isWatching = true; // A call began between the look and the sleep. Whoever saw the flag down set the event, which costs one round more.
                continue;
            }

            _wake.WaitOne();
            quiet = 0;
        }

        lock (_gate)
        {
            _wake.Dispose();
        }
    }

    private bool Look(List<ICrewReading> late)
    {
        var isBusy = false;
        lock (_gate)
        {
            foreach (var watched in _watched)
            {
                var connection = watched.Reading.Connection;
                var number = connection.WorkNumber;
                isBusy |= number != 0;
                if (number != 0 && number == watched.Seen && connection.TryTakeFromWork(number)) late.Add(watched.Reading);
                watched.Seen = number;
            }
        }

        return isBusy;
    }

    private readonly record struct Assignment(ICrewReading Reading, bool IsHandedOn);

    private sealed class Watched(ICrewReading reading)
    {
        public ICrewReading Reading { get; } = reading;

        public int Seen { get; set; }
    }

    [SuppressMessage("Reliability", "CA1001", Justification = "The semaphore has no wait handle.")]
    private sealed class Member(ReaderCrew crew, Assignment? first)
    {
        private readonly SemaphoreSlim _given = new(0, 1);
        private Assignment? _assignment = first;

        public void Give(Assignment? assignment)
        {
            _assignment = assignment;
            _given.Release();
        }

        public void Run()
        {
            while (_assignment is { } assignment)
            {
                crew.Read(assignment);
                if (!crew.TryRest(this)) return;
                if (_given.Wait(IdleTime)) continue;
                if (crew.TryDismiss(this)) return;
                _given.Wait();
            }
        }
    }
}
