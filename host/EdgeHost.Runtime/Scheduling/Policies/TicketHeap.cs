namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// A binary heap that finds a ticket's place from the ticket itself, so that one can be removed from the middle in O(log n) and nothing is allocated an
/// operation. A ticket is in at most one heap of each slot. Not thread-safe.
/// </summary>
internal sealed class TicketHeap(int slot, TicketOrder order)
{
    /// <summary>The slot of heaps by arrival; every queued ticket is in one.</summary>
    public const int Arrivals = 0;

    /// <summary>The slot of a discipline's own order.</summary>
    public const int Turns = 1;

    /// <summary>The slot of heaps by batch key.</summary>
    public const int Batches = 2;

    private StepTicket[] _items = [];

    public int Count { get; private set; }

    public StepTicket? First => Count == 0 ? null : _items[0];

    public void Add(StepTicket ticket)
    {
        if (Count == _items.Length) Array.Resize(ref _items, Math.Max(8, Count * 2));
        Count++;
        Rise(ticket, Count - 1);
    }

    /// <summary>Takes a ticket out; false if it is in no heap of this slot.</summary>
    public bool Remove(StepTicket ticket)
    {
        var place = ticket.Places[slot] - 1;
        if (place < 0) return false;
        ticket.Places[slot] = 0;
        Count--;
        var last = _items[Count];
        _items[Count] = null!;
        if (ReferenceEquals(last, ticket)) return true;
        if (place > 0 && IsBefore(last, _items[(place - 1) / 2])) Rise(last, place);
        else Sink(last, place);
        return true;
    }

    /// <summary>The expected runs of all tickets that stand before a given one (which need not be in), in ticks; stops counting at <paramref name="enough"/>.</summary>
    public long WorkBefore(StepTicket ticket, long unknownRun, long enough) => Count == 0 ? 0 : WorkBefore(0, ticket, unknownRun, enough);

    public void ForEach<TState>(TState state, Action<TState, StepTicket> visit)
    {
        for (var i = 0; i < Count; i++)
        {
            visit(state, _items[i]);
        }
    }

    // A heap's subtree whose root is not before the ticket holds nothing that is.
    private long WorkBefore(int place, StepTicket ticket, long unknownRun, long enough)
    {
        if (place >= Count || enough <= 0 || !IsBefore(_items[place], ticket)) return 0;
        var work = _items[place].ExpectedWork?.Ticks ?? unknownRun;
        work += WorkBefore((2 * place) + 1, ticket, unknownRun, enough - work);
        return work + WorkBefore((2 * place) + 2, ticket, unknownRun, enough - work);
    }

    private void Rise(StepTicket ticket, int place)
    {
        while (place > 0)
        {
            var parent = (place - 1) / 2;
            if (!IsBefore(ticket, _items[parent])) break;
            Put(_items[parent], place);
            place = parent;
        }

        Put(ticket, place);
    }

    private void Sink(StepTicket ticket, int place)
    {
        while (true)
        {
            var child = (2 * place) + 1;
            if (child >= Count) break;
            if (child + 1 < Count && IsBefore(_items[child + 1], _items[child])) child++;
            if (!IsBefore(_items[child], ticket)) break;
            Put(_items[child], place);
            place = child;
        }

        Put(ticket, place);
    }

    private void Put(StepTicket ticket, int place)
    {
        _items[place] = ticket;
        ticket.Places[slot] = place + 1;
    }

    private bool IsBefore(StepTicket x, StepTicket y)
    {
        var difference = order switch
        {
            TicketOrder.Urgency => x.LatestStart.CompareTo(y.LatestStart),
            TicketOrder.ClassThenUrgency when x.ClassIndex != y.ClassIndex => y.ClassIndex - x.ClassIndex,
            TicketOrder.ClassThenUrgency => x.LatestStart.CompareTo(y.LatestStart),
            TicketOrder.ExpectedRun => (x.ExpectedRun ?? TimeSpan.MaxValue).CompareTo(y.ExpectedRun ?? TimeSpan.MaxValue),
            _ => 0,
        };
        return difference < 0 || (difference == 0 && x.Sequence < y.Sequence);
    }
}
