namespace EdgeHost.Protocol.Connections;

/// <summary>A caller that blocks until something of its own has happened, and reads the connection meanwhile if nobody else does. Reusable.</summary>
internal sealed class ReadingWaiter
{
    private readonly object _gate = new();
    private bool _isDone;
    private bool _mayRead;
    private bool _isWaiting;

    /// <summary>Whether what the caller waits for has happened.</summary>
    public bool IsDone => Volatile.Read(ref _isDone);

    /// <summary>Says that it has happened. Any thread, once.</summary>
    public void SetDone()
    {
        lock (_gate)
        {
            _isDone = true;
            if (_isWaiting) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Makes it ready for use again.</summary>
    public void Clear()
    {
        _isDone = false;
        _mayRead = false;
    }

    /// <summary>Makes the caller the reader.</summary>
    internal void Appoint()
    {
        lock (_gate)
        {
            _mayRead = true;
            if (_isWaiting) Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes back what <see cref="Appoint"/> said, if nobody has acted on it.</summary>
    internal bool TakeAppointment()
    {
        lock (_gate)
        {
            var mayRead = _mayRead;
            _mayRead = false;
            return mayRead;
        }
    }

    /// <summary>Blocks until it has happened or the caller is the reader.</summary>
    /// <returns>Whether the caller is the reader.</returns>
    internal bool Wait()
    {
        lock (_gate)
        {
            _isWaiting = true;
            while (!_isDone && !_mayRead)
            {
                Monitor.Wait(_gate);
            }

            _isWaiting = false;
            var mayRead = _mayRead;
            _mayRead = false;
            return mayRead;
        }
    }
}
