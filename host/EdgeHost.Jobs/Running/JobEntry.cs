using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Running;

/// <summary>A job in memory: its record as it changes, whoever waits for that, and the way to end it. Thread-safe.</summary>
/// <param name="record">The job.</param>
/// <param name="rested">Called when it rests or goes on.</param>
internal sealed class JobEntry(JobRecord record, Action<JobRecord>? rested = null)
{
    private readonly Lock _gate = new();
    private JobRecord _record = record;
    private TaskCompletionSource _changed = NewChange();
    private CancellationTokenSource? _stop;
    private bool _isCancelled;
    private string _why = string.Empty;

    /// <summary>As it is now.</summary>
    public JobRecord Record
    {
        get
        {
            lock (_gate) return _record;
        }
    }

    /// <summary>Whether the app has ended it.</summary>
    public bool IsCancelled
    {
        get
        {
            lock (_gate) return _isCancelled;
        }
    }

    /// <summary>Why it was ended.</summary>
    public string WhyCancelled
    {
        get
        {
            lock (_gate) return _why;
        }
    }

    /// <summary>As it is now, and a task that ends when it is otherwise.</summary>
    public (JobRecord Record, Task Changed) Look()
    {
        lock (_gate) return (_record, _changed.Task);
    }

    /// <summary>Changes it and tells those who wait.</summary>
    public JobRecord Update(Func<JobRecord, JobRecord> change)
    {
        TaskCompletionSource told;
        JobRecord now;
        lock (_gate)
        {
            now = _record = change(_record);
            (told, _changed) = (_changed, NewChange());
        }

        told.TrySetResult();
        return now;
    }

    /// <summary>Says that it rests, or goes on.</summary>
    public void Rest(string? reason)
    {
        var (state, text) = reason is null ? (JobState.Running, string.Empty) : (JobState.Paused, reason);
        if (Record is not { HasEnded: false } known || (known.State == state && known.Reason == text)) return;
        var now = Update(now => now.HasEnded ? now : now with { State = state, Reason = text });
        if (!now.HasEnded) rested?.Invoke(now);
    }

    /// <summary>It begins to run: from now on <see cref="Cancel"/> cancels this.</summary>
    public void Begin(CancellationTokenSource stop)
    {
        lock (_gate)
        {
            _stop = stop;
            if (_isCancelled) stop.Cancel();
        }
    }

    /// <summary>It runs no more.</summary>
    public void End()
    {
        lock (_gate) _stop = null;
    }

    /// <summary>Ends it.</summary>
    /// <param name="why">Why, for a person.</param>
    /// <returns>Whether it was running; otherwise whoever asks for its end has to note it.</returns>
    public bool Cancel(string why)
    {
        lock (_gate)
        {
            (_isCancelled, _why) = (true, why);
            if (_stop is null) return false;
            _ = _stop.CancelAsync();
            return true;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
