namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// One device's schedule: queue, admission, reservation, batching and preemption put together as a state machine in whatever time the caller keeps. The
/// host drives it from threads under a lock, a simulator from a list of events. Not thread-safe.
/// <para>
/// The caller: <see cref="Submit"/> each step; <see cref="TryStart"/> until it gives null whenever something changed; <see cref="End"/> each run;
/// <see cref="Preempt"/> after each submit; all of them again at <see cref="Wake"/>.
/// </para>
/// </summary>
internal sealed class DeviceSchedule
{
    private readonly StepSchedulerOptions _options;
    private readonly bool _isInterruptible;
    private readonly Func<StepRun> _createRun;
    private readonly PreemptionPolicy _preemption;
    private readonly AdmissionPolicy _admission;
    private readonly BatchPolicy _batching;
    private readonly List<StepRun> _running = [];
    private StepRun? _forming;
    private DateTimeOffset _formingUntil;
    private DateTimeOffset? _lastInteractive;
    private DateTimeOffset? _preemptAt;
    private DateTimeOffset? _holdUntil;
    private long _starts;

    /// <summary>Creates one.</summary>
    /// <param name="options">The policies' settings.</param>
    /// <param name="slots">Runs at once.</param>
    /// <param name="isInterruptible">Whether a run can be stopped.</param>
    /// <param name="createRun">Makes the object of a run; null for plain ones.</param>
    public DeviceSchedule(StepSchedulerOptions options, int slots, bool isInterruptible, Func<StepRun>? createRun = null)
    {
        _options = options;
        _isInterruptible = isInterruptible;
        _createRun = createRun ?? (static () => new StepRun());
        _preemption = new PreemptionPolicy(options, isInterruptible);
        _admission = new AdmissionPolicy(options, _preemption);
        _batching = new BatchPolicy(options);
        Slots = slots;
        Queue = options.Discipline switch
        {
            QueueDiscipline.FirstInFirstOut => new FirstInFirstOutQueue(),
            QueueDiscipline.ShortestExpected => new ShortestExpectedQueue(),
            _ => new FairStepQueue(options),
        };
    }

    /// <summary>Runs at once; zero while the device is out of service.</summary>
    public int Slots { get; set; }

    /// <summary>
    /// Further runs that interactive steps may start beside background and training runs that hold all slots. Only the processor can share itself like that.
    /// </summary>
    public int ExtraSlots { get; init; }

    /// <summary>Steps of a lower class rest.</summary>
    public CallPriority MinimumPriority { get; set; } = CallPriority.Training;

    /// <summary>What waits, without what is being joined.</summary>
    public IStepQueue Queue { get; }

    /// <summary>What runs.</summary>
    public IReadOnlyList<StepRun> Running => _running;

    /// <summary>Steps that wait, with those being joined.</summary>
    public int Waiting => Queue.Count + (_forming?.Tickets.Count ?? 0);

    /// <summary>Whether a run waits for more steps to join it.</summary>
    public bool IsForming => _forming is not null;

    /// <summary>Whether a step that comes now would start at once.</summary>
    public bool IsFree => Queue.Count == 0 && _forming is null && _running.Count < Slots;

    /// <summary>Whether some waiting step might be started now; <see cref="TryStart"/> has the last word.</summary>
    public bool MayStart => _running.Count < Slots || (Queue.CountOf(CallPriority.Interactive) > 0 && _running.Count < SlotsFor(CallPriority.Interactive));

    /// <summary>When to come again though nothing happened, or null; a moment that has passed says nothing any more.</summary>
    public DateTimeOffset? Wake
    {
        get
        {
            var wake = _forming is null ? null : (DateTimeOffset?)_formingUntil;
            if (_preemptAt is { } preempt && (wake is null || preempt < wake)) wake = preempt;
            return _holdUntil is { } hold && (wake is null || hold < wake) ? hold : wake;
        }
    }

    /// <summary>Queues a step, or says why not.</summary>
    public Admission Submit(StepTicket ticket, DateTimeOffset now)
    {
        Note(ticket, now);
        var admission = _admission.Judge(ticket, Queue, _running, SlotsFor(ticket.Priority), now);
        if (admission.Outcome != AdmissionOutcome.Admitted) return admission;
        ticket.JoinedWork = _batching.JoinedWork(ticket);
        if (_forming is { } forming)
        {
            if (_batching.Fits(forming, ticket, now))
            {
                Queue.Begin(ticket);
                forming.Add(ticket);
                return admission;
            }

            Queue.Enqueue(ticket);
            if (ticket.Priority > forming.Priority) Dissolve(forming);
            else _formingUntil = now;
            return admission;
        }

        Queue.Enqueue(ticket);
        return admission;
    }

    /// <summary>Starts a step that may not wait, past the queue: null unless the device <see cref="IsFree"/> and nothing speaks against it.</summary>
    public StepRun? StartAtOnce(StepTicket ticket, DateTimeOffset now)
    {
        if (!(IsFree || IsFreeBeside(ticket)) || ticket.Priority < MinimumPriority || !_admission.CanFinish(ticket, now)) return null;
        var limits = _preemption.Limits(MinimumPriority, _lastInteractive, now);
        if (limits.LongestBackground is { } longest && ticket.Priority <= CallPriority.Background && !(ticket.ExpectedRun <= longest)) return null;
        Note(ticket, now);
        Queue.Begin(ticket);
        var run = _createRun();
        run.Add(ticket);
        Start(run, now);
        return run;
    }

    /// <summary>Starts the run whose turn it is, or gives null where none may start now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="expired">Takes the steps that can no longer be done by their deadline: they left the queue.</param>
    public StepRun? TryStart(DateTimeOffset now, List<StepTicket> expired)
    {
        _holdUntil = null;
        while (MayStart)
        {
            var isBeside = _running.Count >= Slots;
            if (!isBeside && _forming is { } forming)
            {
                if (now < _formingUntil && !IsFull(forming)) return null;
                _forming = null;
                Start(forming, now);
                return forming;
            }

            var limits = _preemption.Limits(MinimumPriority, _lastInteractive, now);
            if (isBeside) limits = limits with { OnlyFrom = CallPriority.Interactive };
            if (Queue.Dequeue(now, limits) is not { } ticket)
            {
                if (limits.LongestBackground is not null && Queue.Count > 0) _holdUntil = _lastInteractive + _options.InteractiveHold;
                return null;
            }

            if (!_admission.CanFinish(ticket, now))
            {
                Queue.Charge(ticket, TimeSpan.Zero);
                expired.Add(ticket);
                continue;
            }

            var run = _createRun();
            run.Add(ticket);
            _batching.Fill(run, Queue, now);
            if (!isBeside && Queue.Count == 0 && _batching.Window(run, now) is { Ticks: > 0 } window)
            {
                _forming = run;
                _formingUntil = now + window;
                return null;
            }

            Start(run, now);
            return run;
        }

        return null;
    }

    /// <summary>The run to stop for a more urgent step, marked as terminating, or null. Call until null.</summary>
    public StepRun? Preempt(DateTimeOffset now)
    {
        var victim = _preemption.Choose(Queue, _running, Slots, SlotsFor(CallPriority.Interactive), now, out _preemptAt);
        if (victim is null) return null;
        victim.IsTerminating = true;
        victim.IsPreempted = true;
        return victim;
    }

    /// <summary>A run to stop because its class has to rest, marked as terminating, or null. Call until null.</summary>
    public StepRun? PreemptResting()
    {
        if (!_isInterruptible) return null;
        foreach (var run in _running)
        {
            if (run.IsTerminating || run.Priority >= MinimumPriority || !run.MayBeInterrupted(_options.MaxInterruptions)) continue;
            run.IsTerminating = true;
            run.IsPreempted = true;
            return run;
        }

        return null;
    }

    /// <summary>A run gave its slot back.</summary>
    /// <param name="run">The run.</param>
    /// <param name="runTime">Its time on the device.</param>
    /// <param name="outcome">How it ended; a preempted one's steps are queued again, except those that <paramref name="keep"/> says no to.</param>
    /// <param name="keep">Whether a step of a preempted run is still wanted; null for all.</param>
    public void End(StepRun run, TimeSpan runTime, RunOutcome outcome, Func<StepTicket, bool>? keep = null)
    {
        _running.Remove(run);
        run.IsRunning = false;
        var share = outcome == RunOutcome.Preempted ? TimeSpan.Zero : runTime / run.Tickets.Count;
        foreach (var ticket in run.Tickets)
        {
            Queue.Charge(ticket, share);
            if (outcome != RunOutcome.Preempted || keep?.Invoke(ticket) == false) continue;
            ticket.Interruptions++;
            Queue.Enqueue(ticket);
        }

        if (outcome == RunOutcome.Completed) _batching.Ran(run, runTime);
    }

    /// <summary>Takes a waiting step out; false if it does not wait.</summary>
    public bool Remove(StepTicket ticket)
    {
        if (Queue.Remove(ticket)) return true;
        if (_forming is not { } forming || !forming.Remove(ticket)) return false;
        Queue.Charge(ticket, TimeSpan.Zero);
        if (forming.Tickets.Count == 0) _forming = null;
        return true;
    }

    /// <summary>Takes any waiting step out, or gives null where none waits.</summary>
    public StepTicket? RemoveAny()
    {
        var ticket = Queue.Oldest ?? _forming?.Head;
        if (ticket is not null) Remove(ticket);
        return ticket;
    }

    /// <summary>Waiting steps of a class, with those being joined.</summary>
    public int CountOf(CallPriority priority)
    {
        var count = Queue.CountOf(priority);
        if (_forming is not { } forming) return count;
        foreach (var ticket in forming.Tickets)
        {
            if (ticket.ClassIndex == StepTicket.ClassOf(priority)) count++;
        }

        return count;
    }

    /// <summary>Calls for every waiting step, in no order.</summary>
    public void ForEachWaiting<TState>(TState state, Action<TState, StepTicket> visit)
    {
        Queue.ForEach(state, visit);
        if (_forming is not { } forming) return;
        foreach (var ticket in forming.Tickets)
        {
            visit(state, ticket);
        }
    }

    /// <summary>How long a step of a class would wait if it came now.</summary>
    public TimeSpan PredictWait(CallPriority priority, DateTimeOffset now)
        => IsFree ? TimeSpan.Zero : _admission.PredictWait(Queue.WorkFrom(priority), priority, _running, SlotsFor(priority), now);

    private int SlotsFor(CallPriority priority)
        => priority < CallPriority.Interactive || ExtraSlots == 0 || Slots == 0 || _options.Discipline != QueueDiscipline.Fair
            ? Slots
            : Slots + Math.Min(ExtraSlots, PreemptionPolicy.CountOutranked(_running));

    private bool IsFreeBeside(StepTicket ticket)
        => ticket.Priority >= CallPriority.Interactive
            && _running.Count >= Slots
            && Queue.CountOf(CallPriority.Interactive) == 0
            && _running.Count < SlotsFor(CallPriority.Interactive);

    private void Note(StepTicket ticket, DateTimeOffset now)
    {
        if (ticket.Priority >= CallPriority.Interactive) _lastInteractive = now;
        _batching.Arrived(ticket, now);
    }

    private static bool IsFull(StepRun run) => run.Entries >= run.Head.MaxEntries;

    private void Dissolve(StepRun forming)
    {
        _forming = null;
        foreach (var ticket in forming.Tickets)
        {
            Queue.Charge(ticket, TimeSpan.Zero);
            Queue.Enqueue(ticket);
        }
    }

    private void Start(StepRun run, DateTimeOffset now)
    {
        run.Started = now;
        run.Sequence = _starts++;
        run.ExpectedRun = _batching.Expect(run);
        run.IsRunning = true;
        _running.Add(run);
    }
}
