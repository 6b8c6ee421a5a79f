namespace EdgeHost.Protocol.Connections;

/// <summary>
/// Connections at rest, which nobody reads: one thread watches all of them, and gives each to a reader as soon as something comes or its socket is shut down, by
/// either side. Thread-safe.
/// </summary>
/// <remarks>
/// A parked connection's socket stays open, since only who reads disposes it. After <see cref="Dispose"/> nothing is parked any more; what is parked then is still watched.
/// </remarks>
internal sealed class ParkedReadings : IDisposable
{
    private const int StackBytes = 128 * 1024;
    private const int MostAtOnce = 64;
    private const int RetryMilliseconds = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<int, ICrewReading> _parked = [];
    private readonly Action<ICrewReading> _read;
    private readonly string _name;
    private SocketEvents? _events;
    private bool _isDisposed;

    /// <summary>Creates it; its thread starts when something is parked.</summary>
    /// <param name="name">The name of its thread.</param>
    /// <param name="read">Gives a connection to a reader. May throw as a new thread does.</param>
    public ParkedReadings(string name, Action<ICrewReading> read)
    {
        _name = name;
        _read = read;
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _parked.Count;
            }
        }
    }

    /// <summary>Takes over a connection that the calling thread reads; if it does, the thread must leave it alone.</summary>
    /// <returns>False if it cannot be watched; the thread goes on reading.</returns>
    public bool TryPark(ICrewReading reading)
    {
        var descriptor = (int)reading.Connection.Handle.DangerousGetHandle();
        lock (_gate)
        {
            if (_isDisposed || !TryStart()) return false;
            _parked.Add(descriptor, reading);
            if (_events!.TryArm(descriptor)) return true;
            _parked.Remove(descriptor);
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _events?.Wake();
        }
    }

    // Under the lock.
    private bool TryStart()
    {
        if (_events is not null) return true;
        var events = SocketEvents.TryCreate();
        if (events is null) return false;
        try
        {
            new Thread(static parked => ((ParkedReadings)parked!).Watch(), StackBytes) { IsBackground = true, Name = _name }.UnsafeStart(this);
        }
        catch (Exception e) when (IsLackOfThreads(e))
        {
            events.Dispose();
            return false;
        }

        _events = events;
        return true;
    }

    private void Watch()
    {
        Span<int> ready = stackalloc int[MostAtOnce];
        var late = new Queue<ICrewReading>();
        SocketEvents events;
        lock (_gate)
        {
            events = _events!;
        }

        while (!HasEnded(late))
        {
            var count = events.Wait(ready, late.Count > 0 ? RetryMilliseconds : Timeout.Infinite);
            for (var left = late.Count; left > 0; left--)
            {
                Read(late.Dequeue(), late);
            }

            foreach (var descriptor in ready[..count])
            {
                Read(Take(descriptor), late);
            }
        }
    }

    // Where there is no thread for it now, there may be one soon: others end.
    private void Read(ICrewReading reading, Queue<ICrewReading> late)
    {
        try
        {
            _read(reading);
        }
        catch (Exception e) when (IsLackOfThreads(e))
        {
            late.Enqueue(reading);
        }
    }

    private ICrewReading Take(int descriptor)
    {
        lock (_gate)
        {
            _parked.Remove(descriptor, out var reading);
            return reading!;
        }
    }

    private bool HasEnded(Queue<ICrewReading> late)
    {
        lock (_gate)
        {
            if (!_isDisposed || _parked.Count > 0 || late.Count > 0) return false;
            _events!.Dispose();
            _events = null;
            return true;
        }
    }

    private static bool IsLackOfThreads(Exception e) => e is OutOfMemoryException or ThreadStartException;
}
