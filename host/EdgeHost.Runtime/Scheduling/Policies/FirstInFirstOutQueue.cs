namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>Order of arrival whatever the class. For comparison. Not thread-safe.</summary>
internal sealed class FirstInFirstOutQueue : TicketQueue
{
    public override TimeSpan WorkAhead(StepTicket ticket, TimeSpan enough) => WorkFrom(CallPriority.Training);

    protected override StepTicket? Choose(DateTimeOffset now, in StartLimits limits) => OldestFrom(StepTicket.ClassOf(limits.MinimumPriority));
}
