namespace EdgeHost.Runtime.Models;

/// <summary>
/// Calls back at the earliest time that somebody asked for, and not at all while nobody does: an idle host sleeps. Thread-safe; asking for a later time than
/// the one that is set costs no lock.
/// </summary>
internal sealed class UpkeepTimer : IAsyncDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private long _dueTicks = long.MaxValue;

    /// <summary>Creates one.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="callback">Asks again for its next time; called on a thread of the pool.</param>
    public UpkeepTimer(TimeProvider time, Action callback)
    {
        _time = time;
        _timer = time.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _dueTicks, long.MaxValue);
                callback();
            },
            state: null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Asks to be called at this time at the latest.</summary>
    public void Request(DateTimeOffset due)
    {
        if (Volatile.Read(ref _dueTicks) <= due.UtcTicks) return;
        lock (_gate)
        {
            if (_dueTicks <= due.UtcTicks) return;
            _dueTicks = due.UtcTicks;
            var wait = due - _time.GetUtcNow();

            // False after the end; nothing is left to do then.
            _timer.Change(wait > Shortest ? wait : Shortest, Timeout.InfiniteTimeSpan);
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
