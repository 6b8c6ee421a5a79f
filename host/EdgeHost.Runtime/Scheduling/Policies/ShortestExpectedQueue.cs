namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>The shortest expected run first whatever the class, unknown ones last. For comparison: it starves long steps. Not thread-safe.</summary>
internal sealed class ShortestExpectedQueue : TicketQueue
{
    private readonly TicketHeap[] _byRun = new TicketHeap[Classes];

    public ShortestExpectedQueue()
    {
        for (var i = 0; i < Classes; i++)
        {
            _byRun[i] = new TicketHeap(TicketHeap.Turns, TicketOrder.ExpectedRun);
        }
    }

    public override TimeSpan WorkAhead(StepTicket ticket, TimeSpan enough)
    {
        var work = 0L;
        foreach (var heap in _byRun)
        {
            work += heap.WorkBefore(ticket, MeanRun, enough.Ticks - work);
        }

        return TimeSpan.FromTicks(work);
    }

    protected override StepTicket? Choose(DateTimeOffset now, in StartLimits limits)
    {
        StepTicket? shortest = null;
        for (var i = StepTicket.ClassOf(limits.MinimumPriority); i < Classes; i++)
        {
            if (_byRun[i].First is { } first && (shortest is null || IsShorter(first, shortest))) shortest = first;
        }

        return shortest;
    }

    protected override void OnEnqueue(StepTicket ticket) => _byRun[ticket.ClassIndex].Add(ticket);

    protected override void OnRemove(StepTicket ticket) => _byRun[ticket.ClassIndex].Remove(ticket);

    private static bool IsShorter(StepTicket x, StepTicket y)
    {
        var difference = (x.ExpectedRun ?? TimeSpan.MaxValue).CompareTo(y.ExpectedRun ?? TimeSpan.MaxValue);
        return difference < 0 || (difference == 0 && x.Sequence < y.Sequence);
    }
}
