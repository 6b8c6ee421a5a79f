namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// The discipline of the product. Highest class first; inside a class <see cref="FairClass"/>. So that nothing starves, every n-th turn in a row that would
/// go past all steps over the ageing limit goes to the oldest of them; a turn that reaches any such step starts the count anew, so a class that is served
/// anyway claims nothing on top. Not thread-safe.
/// </summary>
internal sealed class FairStepQueue : TicketQueue
{
    private readonly FairClass[] _classes = new FairClass[Classes];
    private readonly long _ageingLimit;
    private readonly int _agedTurn;
    private int _minimum;
    private int _turnsPastAged;

    public FairStepQueue(StepSchedulerOptions options)
    {
        _ageingLimit = options.AgeingLimit.Ticks;
        _agedTurn = options.AgedTurn;
        for (var i = 0; i < Classes; i++)
        {
            _classes[i] = new FairClass(options.FairnessLag.Ticks, options.Weights);
        }
    }

    public override TimeSpan WorkAhead(StepTicket ticket, TimeSpan enough)
    {
        var work = 0L;
        for (var i = ticket.ClassIndex + 1; i < Classes; i++)
        {
            work += WorkOf(i);
        }

        return TimeSpan.FromTicks(work + _classes[ticket.ClassIndex].WorkAhead(ticket, MeanRun, enough.Ticks - work));
    }

    protected override StepTicket? Choose(DateTimeOffset now, in StartLimits limits)
    {
        var ticks = now.UtcTicks;
        var minimum = StepTicket.ClassOf(limits.MinimumPriority);
        for (var i = minimum; i < _minimum; i++)
        {
            _classes[i].AgesFrom = ticks;
        }

        _minimum = minimum;
        var agedBefore = ticks - _ageingLimit;
        if (limits.OnlyFrom is { } only) return ChooseByClass(Math.Max(minimum, StepTicket.ClassOf(only)), limits, agedBefore);
        var next = ChooseByClass(minimum, limits, agedBefore);
        if (OldestFrom(minimum) is not { } oldest || !IsAged(oldest, agedBefore)) return next;
        if (next is null) return oldest;
        if (IsAged(next, agedBefore))
        {
            _turnsPastAged = 0;
            return next;
        }

        if (++_turnsPastAged < _agedTurn) return next;
        _turnsPastAged = 0;
        return oldest;
    }

    protected override void OnEnqueue(StepTicket ticket) => _classes[ticket.ClassIndex].Enqueue(ticket);

    protected override void OnRemove(StepTicket ticket) => _classes[ticket.ClassIndex].Remove(ticket);

    protected override void OnBegin(StepTicket ticket) => _classes[ticket.ClassIndex].Begin(ticket);

    protected override void OnCharge(StepTicket ticket, TimeSpan correction) => _classes[ticket.ClassIndex].Charge(ticket, correction);

    private StepTicket? ChooseByClass(int minimum, in StartLimits limits, long agedBefore)
    {
        for (var i = Classes - 1; i >= minimum; i--)
        {
            var longest = i <= (int)CallPriority.Background && limits.LongestBackground is { } limit ? limit.Ticks : long.MaxValue;
            if (_classes[i].Choose(longest, agedBefore) is { } step) return step;
        }

        return null;
    }

    private bool IsAged(StepTicket ticket, long agedBefore) => _classes[ticket.ClassIndex].IsAged(ticket, agedBefore);
}
