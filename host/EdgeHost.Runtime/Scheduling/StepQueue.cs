namespace EdgeHost.Runtime.Scheduling;

/// <summary>
/// The order of one device's waiting steps: the policy alone, without threads or locks. Highest class first; inside a class the earliest
/// deadline, then the earliest arrival. Every n-th turn goes to the longest waiting step over the ageing limit, so that nothing starves.
/// Not thread-safe.
/// </summary>
internal sealed class StepQueue
{
    private const int Classes = 4;

    private readonly TimeSpan _ageingLimit;
    private readonly int _agedTurn;
    private readonly SortedSet<QueuedStep>[] _byDeadline = new SortedSet<QueuedStep>[Classes];
    private readonly LinkedList<QueuedStep> _byArrival = new();
    private int _turnsSinceAged;

    public StepQueue(TimeSpan ageingLimit, int agedTurn)
    {
        _ageingLimit = ageingLimit;
        _agedTurn = agedTurn;
        for (var i = 0; i < Classes; i++)
        {
            _byDeadline[i] = new SortedSet<QueuedStep>(EarliestDeadlineFirst.Instance);
        }
    }

    public int Count => _byArrival.Count;

    /// <summary>The step that waits longest, or null.</summary>
    public QueuedStep? Oldest => _byArrival.First?.Value;

    public int CountOf(CallPriority priority) => _byDeadline[ClassOf(priority)].Count;

    public void Enqueue(QueuedStep step)
    {
        _byDeadline[ClassOf(step.Request.Priority)].Add(step);
        step.Arrival = _byArrival.AddLast(step);
    }

    /// <summary>Takes a step out; false if it is not in.</summary>
    public bool Remove(QueuedStep step)
    {
        if (step.Arrival is not { } arrival) return false;
        _byArrival.Remove(arrival);
        step.Arrival = null;
        _byDeadline[ClassOf(step.Request.Priority)].Remove(step);
        return true;
    }

    /// <summary>Takes the step whose turn it is, or null if none waits.</summary>
    public QueuedStep? Dequeue(DateTimeOffset now)
    {
        if (Oldest is not { } oldest) return null;
        var step = Choose(oldest, now);
        Remove(step);
        return step;
    }

    // Values outside the enum come from nowhere but a careless cast; they rank as the nearest class.
    private static int ClassOf(CallPriority priority) => Math.Clamp((int)priority, 0, Classes - 1);

    private QueuedStep Choose(QueuedStep oldest, DateTimeOffset now)
    {
        if (now - oldest.Enqueued > _ageingLimit && ++_turnsSinceAged >= _agedTurn)
        {
            _turnsSinceAged = 0;
            return oldest;
        }

        for (var i = Classes - 1; i > 0; i--)
        {
            if (_byDeadline[i].Min is { } step) return step;
        }

        return _byDeadline[0].Min!;
    }

    private sealed class EarliestDeadlineFirst : IComparer<QueuedStep>
    {
        public static readonly EarliestDeadlineFirst Instance = new();

        public int Compare(QueuedStep? x, QueuedStep? y)
        {
            var byDeadline = (x!.Request.Deadline ?? DateTimeOffset.MaxValue).CompareTo(y!.Request.Deadline ?? DateTimeOffset.MaxValue);
            return byDeadline != 0 ? byDeadline : x.Sequence.CompareTo(y.Sequence);
        }
    }
}
