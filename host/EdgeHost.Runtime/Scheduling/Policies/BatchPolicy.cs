namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// Which waiting steps join a run, and whether it is worth waiting for more. What waits anyway joins at no cost; waiting is for a device that has nothing
/// else to do, when the next arrival is due sooner than it saves device time. Not thread-safe.
/// </summary>
internal sealed class BatchPolicy(StepSchedulerOptions options)
{
    private const int KeyLimit = 64;

    /// <summary>Timers are no finer: a shorter wait would become this long.</summary>
    private const double ShortestWindow = TimeSpan.TicksPerMillisecond;

    private readonly Dictionary<BatchKey, LinkedListNode<BatchStatistics>> _statistics = [];
    private readonly LinkedList<BatchStatistics> _byUse = new();

    /// <summary>Keys of which something is known.</summary>
    public int Keys => _statistics.Count;

    /// <summary>A step that may be joined came.</summary>
    public void Arrived(StepTicket ticket, DateTimeOffset now)
    {
        if (ticket.BatchKey is { } key) Of(key, ticket.MaxEntries).Arrived(now);
    }

    /// <summary>A run ended well.</summary>
    public void Ran(StepRun run, TimeSpan runTime)
    {
        if (run.Head.BatchKey is { } key) Of(key, run.Head.MaxEntries).Ran(run.Entries, runTime);
    }

    /// <summary>Takes waiting steps of the same key into a run while they fit, are of no lower class, and keep no one in it from his deadline.</summary>
    public void Fill(StepRun run, IStepQueue queue, DateTimeOffset now)
    {
        if (run.Head.BatchKey is not { } key) return;
        while (queue.FirstOf(key) is { } next && Fits(run, next, now))
        {
            queue.Take(next);
            run.Add(next);
        }
    }

    /// <summary>Whether a step may be added to a run that has not started.</summary>
    public bool Fits(StepRun run, StepTicket next, DateTimeOffset now)
    {
        if (run.Head.BatchKey is not { } key || next.BatchKey != key || next.Priority < run.Priority) return false;
        var statistics = Of(key, run.Head.MaxEntries);
        var entries = run.Entries + next.Entries;
        if (entries > Math.Min(run.Head.MaxEntries, statistics.Limit)) return false;
        var deadline = Math.Min(run.Deadline, next.Deadline?.UtcTicks ?? long.MaxValue);
        return deadline == long.MaxValue || deadline - now.UtcTicks >= (statistics.Expect(entries) ?? 0);
    }

    /// <summary>How long a run that could start should wait for more steps; zero under light load.</summary>
    public TimeSpan Window(StepRun run, DateTimeOffset now)
    {
        if (run.Head.BatchKey is not { } key || options.MaxBatchWindow == TimeSpan.Zero) return TimeSpan.Zero;
        var statistics = Of(key, run.Head.MaxEntries);
        if (run.Entries >= Math.Min(run.Head.MaxEntries, statistics.Limit)) return TimeSpan.Zero;
        var gain = statistics.GainAt(run.Entries);
        if (statistics.Gap >= gain) return TimeSpan.Zero;
        var window = Math.Min(gain, options.MaxBatchWindow.Ticks);
        if (run.Deadline != long.MaxValue)
        {
            // Half of the slack at most: the estimate of a larger run may be short.
            window = Math.Min(window, (run.Deadline - now.UtcTicks - (statistics.Expect(run.Entries + 1) ?? 0)) / 2);
        }
        else if (run.Priority >= CallPriority.Interactive)
        {
            return TimeSpan.Zero;
        }

        return window < ShortestWindow ? TimeSpan.Zero : TimeSpan.FromTicks((long)window);
    }

    /// <summary>What a step costs the device where it is joined as well as its like were; null where it cannot be joined or nothing is known.</summary>
    public TimeSpan? JoinedWork(StepTicket ticket)
        => ticket.BatchKey is { } key && Of(key, ticket.MaxEntries).LeastPerEntry is { } least ? TimeSpan.FromTicks((long)(least * ticket.Entries)) : null;

    /// <summary>The expected time of a run, from what its key showed or else from its steps one after the other; null where nothing is known.</summary>
    public TimeSpan? Expect(StepRun run)
    {
        if (run.Tickets.Count == 1) return run.Head.ExpectedRun;
        if (run.Head.BatchKey is { } key && Of(key, run.Head.MaxEntries).Expect(run.Entries) is { } known) return TimeSpan.FromTicks((long)known);
        var sum = TimeSpan.Zero;
        foreach (var ticket in run.Tickets)
        {
            if (ticket.ExpectedRun is not { } one) return null;
            sum += one;
        }

        return sum;
    }

    private BatchStatistics Of(BatchKey key, int maxEntries)
    {
        if (_statistics.TryGetValue(key, out var node))
        {
            if (node.Next is null) return node.Value;
            _byUse.Remove(node);
            _byUse.AddLast(node);
            return node.Value;
        }

        if (_statistics.Count >= KeyLimit)
        {
            _statistics.Remove(_byUse.First!.Value.Key);
            _byUse.RemoveFirst();
        }

        node = _byUse.AddLast(new BatchStatistics(key, Math.Clamp(maxEntries, 1, 256)));
        _statistics.Add(key, node);
        return node.Value;
    }
}
