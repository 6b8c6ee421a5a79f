namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// Better a fast no than a late yes: a step that by what is known cannot be done by its deadline is refused when it comes, and one that no longer can be is
/// dropped at its turn, so that overload makes some wait elsewhere and not everybody late. Without an estimate everything is admitted. Stateless.
/// </summary>
internal sealed class AdmissionPolicy(StepSchedulerOptions options, PreemptionPolicy preemption)
{
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    /// <summary>Judges a step that comes.</summary>
    /// <param name="ticket">The step, not queued yet.</param>
    /// <param name="queue">What waits.</param>
    /// <param name="running">What runs.</param>
    /// <param name="slots">Runs at once.</param>
    /// <param name="now">The time.</param>
    public Admission Judge(StepTicket ticket, IStepQueue queue, IReadOnlyList<StepRun> running, int slots, DateTimeOffset now)
    {
        var slack = TimeSpan.MaxValue;
        if (ticket.Deadline is { } deadline)
        {
            if (deadline <= now) return new Admission(AdmissionOutcome.Late);
            slack = deadline - now;
        }

        if (queue.Count >= options.QueueLimit)
        {
            return new Admission(AdmissionOutcome.Full, RetryAfter: Limit(queue.WorkFrom(CallPriority.Training) / Math.Max(1, slots)));
        }

        if (options.AdmissionMargin == 0 || ticket.Deadline is null || (ticket.CautiousRun ?? ticket.ExpectedRun) is not { } run)
        {
            return new Admission(AdmissionOutcome.Admitted);
        }

        // Work beyond the slack of all slots changes nothing any more.
        var enough = slack.Ticks < TimeSpan.MaxValue.Ticks / Math.Max(1, slots) ? slack * slots : TimeSpan.MaxValue;
        var wait = PredictWait(queue.WorkAhead(ticket, enough), ticket.Priority, running, slots, now);
        var finish = (wait + run).Ticks * options.AdmissionMargin;
        return finish <= slack.Ticks
            ? new Admission(AdmissionOutcome.Admitted)
            : new Admission(AdmissionOutcome.Hopeless, wait, run, Limit(TimeSpan.FromTicks((long)Math.Min(finish - slack.Ticks, LongestRetry.Ticks))));
    }

    /// <summary>Whether a step whose turn it is can still be done by its deadline.</summary>
    public bool CanFinish(StepTicket ticket, DateTimeOffset now)
    {
        if (ticket.Deadline is not { } deadline) return true;
        if (deadline <= now) return false;
        return options.AdmissionMargin == 0 || ticket.ExpectedRun is not { } run || deadline - now >= run;
    }

    /// <summary>When a slot becomes free for a step behind this much work: the level to which the work fills up the slots' remaining runs.</summary>
    public TimeSpan PredictWait(TimeSpan workAhead, CallPriority priority, IReadOnlyList<StepRun> running, int slots, DateTimeOffset now)
    {
        if (slots <= 0) return TimeSpan.Zero;
        Span<long> remaining = slots <= 64 ? stackalloc long[slots] : new long[slots];
        remaining.Clear();
        for (var i = 0; i < Math.Min(slots, running.Count); i++)
        {
            var left = running[i].RemainingAt(now);
            if (left == TimeSpan.MaxValue) left = TimeSpan.Zero;
            remaining[i] = (preemption.CouldStop(priority, running[i]) && left > options.PreemptionBound ? options.PreemptionBound : left).Ticks;
        }

        remaining.Sort();
        var level = remaining[0];
        var work = workAhead.Ticks;
        for (var i = 1; i < slots && work > 0; i++)
        {
            var rise = remaining[i] - level;
            if (rise * i >= work) return TimeSpan.FromTicks(level + (work / i));
            work -= rise * i;
            level = remaining[i];
        }

        return TimeSpan.FromTicks(level + (work / slots));
    }

    private static TimeSpan Limit(TimeSpan time)
        => time < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : time > LongestRetry ? LongestRetry : time;
}
