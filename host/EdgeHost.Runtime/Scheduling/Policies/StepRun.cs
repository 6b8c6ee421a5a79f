namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>One run on a device: of one step, or of several joined. Guarded by whoever guards the schedule.</summary>
internal class StepRun
{
    private readonly List<StepTicket> _tickets = new(1);

    /// <summary>The steps; the first is the one whose turn it was. Never empty while it runs.</summary>
    public IReadOnlyList<StepTicket> Tickets => _tickets;

    /// <summary>The step whose turn it was.</summary>
    public StepTicket Head => _tickets[0];

    /// <summary>The highest class among its steps.</summary>
    public CallPriority Priority { get; private set; } = CallPriority.Training;

    /// <summary>Entries along the batch axis.</summary>
    public int Entries { get; private set; }

    /// <summary>The earliest deadline among its steps as UTC ticks; <see cref="long.MaxValue"/> without one.</summary>
    public long Deadline { get; private set; } = long.MaxValue;

    /// <summary>When it started; of use once it did.</summary>
    public DateTimeOffset Started { get; internal set; }

    /// <summary>Order of starts, unique in its schedule.</summary>
    public long Sequence { get; internal set; }

    /// <summary>How long it should take, or null where nothing is known.</summary>
    public TimeSpan? ExpectedRun { get; internal set; }

    /// <summary>Whether it was told to end early, for whatever reason.</summary>
    public bool IsTerminating { get; set; }

    /// <summary>Whether it was told to end for a more urgent step, so that its steps are queued again.</summary>
    public bool IsPreempted { get; internal set; }

    /// <summary>Whether it holds a slot of its device.</summary>
    public bool IsRunning { get; internal set; }

    /// <summary>Whether all its steps may be stopped and run again, and none was too often.</summary>
    public bool MayBeInterrupted(int maxInterruptions)
    {
        foreach (var ticket in _tickets)
        {
            if (!ticket.IsRepeatable || ticket.Interruptions >= maxInterruptions) return false;
        }

        return true;
    }

    /// <summary>What is left of it by its estimate: zero if it is over its estimate, <see cref="TimeSpan.MaxValue"/> where nothing is known.</summary>
    public TimeSpan RemainingAt(DateTimeOffset now)
    {
        if (ExpectedRun is not { } run) return TimeSpan.MaxValue;
        var remaining = run - (now - Started);
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    internal void Add(StepTicket ticket)
    {
        _tickets.Add(ticket);
        if (ticket.Priority > Priority) Priority = ticket.Priority;
        Entries += ticket.Entries;
        Deadline = Math.Min(Deadline, ticket.Deadline?.UtcTicks ?? long.MaxValue);
    }

    /// <summary>Takes a step out before the start; false if it is not in.</summary>
    internal bool Remove(StepTicket ticket)
    {
        if (!_tickets.Remove(ticket)) return false;
        Priority = CallPriority.Training;
        Entries = 0;
        Deadline = long.MaxValue;
        var rest = _tickets.ToArray();
        _tickets.Clear();
        foreach (var other in rest)
        {
            Add(other);
        }

        return true;
    }
}
