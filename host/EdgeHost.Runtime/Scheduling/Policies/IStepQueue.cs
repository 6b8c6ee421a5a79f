namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// The order of one device's waiting steps: a policy alone, without threads, locks or clock. Not thread-safe. Every ticket that <see cref="Dequeue"/>,
/// <see cref="Take"/> or <see cref="Begin"/> started is ended by exactly one <see cref="Charge"/>, after which it may be enqueued again.
/// </summary>
internal interface IStepQueue
{
    /// <summary>Waiting steps.</summary>
    int Count { get; }

    /// <summary>The step that came first, or null.</summary>
    StepTicket? Oldest { get; }

    /// <summary>Waiting steps of a class.</summary>
    int CountOf(CallPriority priority);

    /// <summary>The step of a class that came first, or null.</summary>
    StepTicket? OldestOf(CallPriority priority);

    /// <summary>Adds a step. One that was stopped for another comes back with its old sequence and so stands before its peers. O(log n).</summary>
    void Enqueue(StepTicket ticket);

    /// <summary>Takes a step out for good; false if it is not in. O(log n).</summary>
    bool Remove(StepTicket ticket);

    /// <summary>Starts the step whose turn it is, or gives null where none waits that may start. O(log n + apps).</summary>
    StepTicket? Dequeue(DateTimeOffset now, in StartLimits limits);

    /// <summary>Starts a waiting step out of turn, to join a batch; false if it is not in.</summary>
    bool Take(StepTicket ticket);

    /// <summary>Starts a step that never waited.</summary>
    void Begin(StepTicket ticket);

    /// <summary>
    /// Ends a started step: its app is charged for this device time and for nothing else. Zero for a run whose result was thrown away for others' sake.
    /// </summary>
    void Charge(StepTicket ticket, TimeSpan deviceTime);

    /// <summary>Expected device time of what would run before a ticket if it were enqueued now; may stop counting at <paramref name="enough"/>.</summary>
    TimeSpan WorkAhead(StepTicket ticket, TimeSpan enough);

    /// <summary>Expected device time of all waiting steps of a class and the classes above.</summary>
    TimeSpan WorkFrom(CallPriority priority);

    /// <summary>The most urgent waiting step of a batch key, or null.</summary>
    StepTicket? FirstOf(BatchKey key);

    /// <summary>Calls for every waiting step, in no order.</summary>
    void ForEach<TState>(TState state, Action<TState, StepTicket> visit);
}
