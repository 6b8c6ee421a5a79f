namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>What all disciplines share: order of arrival by class, expected work by class, and the batch keys. Not thread-safe.</summary>
internal abstract class TicketQueue : IStepQueue
{
    /// <summary>Classes, by <see cref="CallPriority"/>.</summary>
    protected const int Classes = (int)CallPriority.Interactive + 1;

    private const int SpareHeaps = 32;

    private readonly TicketHeap[] _arrivals = new TicketHeap[Classes];
    private readonly long[] _work = new long[Classes];
    private readonly int[] _unknown = new int[Classes];
    private readonly Dictionary<BatchKey, TicketHeap> _batches = [];
    private readonly Stack<TicketHeap> _spare = new();

    protected TicketQueue()
    {
        for (var i = 0; i < Classes; i++)
        {
            _arrivals[i] = new TicketHeap(TicketHeap.Arrivals, TicketOrder.Arrival);
        }
    }

    public int Count { get; private set; }

    public StepTicket? Oldest => OldestFrom(0);

    /// <summary>Smoothed run time in ticks, which stands for what is not known of a step; zero before the first run.</summary>
    protected long MeanRun { get; private set; }

    public int CountOf(CallPriority priority) => _arrivals[StepTicket.ClassOf(priority)].Count;

    public StepTicket? OldestOf(CallPriority priority) => _arrivals[StepTicket.ClassOf(priority)].First;

    public void Enqueue(StepTicket ticket)
    {
        var index = ticket.ClassIndex;
        _arrivals[index].Add(ticket);
        Count++;
        if (ticket.ExpectedWork is { } run) _work[index] += run.Ticks;
        else _unknown[index]++;
        if (ticket.BatchKey is { } key)
        {
            if (!_batches.TryGetValue(key, out var heap))
            {
                heap = _spare.TryPop(out var spare) ? spare : new TicketHeap(TicketHeap.Batches, TicketOrder.ClassThenUrgency);
                _batches.Add(key, heap);
            }

            heap.Add(ticket);
        }

        OnEnqueue(ticket);
    }

    public bool Remove(StepTicket ticket)
    {
        var index = ticket.ClassIndex;
        if (!_arrivals[index].Remove(ticket)) return false;
        Count--;
        if (ticket.ExpectedWork is { } run) _work[index] -= run.Ticks;
        else _unknown[index]--;
        if (ticket.BatchKey is { } key)
        {
            var heap = _batches[key];
            heap.Remove(ticket);
            if (heap.Count == 0)
            {
                _batches.Remove(key);
                if (_spare.Count < SpareHeaps) _spare.Push(heap);
            }
        }

        OnRemove(ticket);
        return true;
    }

    public StepTicket? Dequeue(DateTimeOffset now, in StartLimits limits)
    {
        if (Count == 0 || Choose(now, limits) is not { } ticket) return null;
        Take(ticket);
        return ticket;
    }

    public bool Take(StepTicket ticket)
    {
        // The charge comes first: taking the last step out of an app's backlog must see the app as still at work.
        if (!ticket.IsQueued) return false;
        Begin(ticket);
        return Remove(ticket);
    }

    public void Begin(StepTicket ticket)
    {
        ticket.ChargedRun = ticket.ExpectedRun ?? TimeSpan.FromTicks(MeanRun);
        OnBegin(ticket);
    }

    public void Charge(StepTicket ticket, TimeSpan deviceTime)
    {
        if (deviceTime > TimeSpan.Zero) MeanRun = MeanRun == 0 ? deviceTime.Ticks : MeanRun + ((deviceTime.Ticks - MeanRun) / 10);
        OnCharge(ticket, deviceTime - ticket.ChargedRun);
        ticket.ChargedRun = TimeSpan.Zero;
    }

    public abstract TimeSpan WorkAhead(StepTicket ticket, TimeSpan enough);

    public TimeSpan WorkFrom(CallPriority priority)
    {
        var work = 0L;
        for (var i = StepTicket.ClassOf(priority); i < Classes; i++)
        {
            work += WorkOf(i);
        }

        return TimeSpan.FromTicks(work);
    }

    public StepTicket? FirstOf(BatchKey key) => _batches.TryGetValue(key, out var heap) ? heap.First : null;

    public void ForEach<TState>(TState state, Action<TState, StepTicket> visit)
    {
        foreach (var heap in _arrivals)
        {
            heap.ForEach(state, visit);
        }
    }

    /// <summary>The next step by the discipline's order, without taking it.</summary>
    protected abstract StepTicket? Choose(DateTimeOffset now, in StartLimits limits);

    protected virtual void OnEnqueue(StepTicket ticket)
    {
    }

    protected virtual void OnRemove(StepTicket ticket)
    {
    }

    protected virtual void OnBegin(StepTicket ticket)
    {
    }

    /// <summary>A started step ended.</summary>
    /// <param name="ticket">The step.</param>
    /// <param name="correction">What it took more (or less) than it was charged in advance.</param>
    protected virtual void OnCharge(StepTicket ticket, TimeSpan correction)
    {
    }

    /// <summary>The first to have come of a class and the classes above.</summary>
    protected StepTicket? OldestFrom(int minimum)
    {
        StepTicket? oldest = null;
        for (var i = minimum; i < Classes; i++)
        {
            if (_arrivals[i].First is { } first && (oldest is null || first.Sequence < oldest.Sequence)) oldest = first;
        }

        return oldest;
    }

    /// <summary>Expected work of a class in ticks.</summary>
    protected long WorkOf(int index) => _work[index] + (_unknown[index] * MeanRun);
}
