namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>
/// When a running step of class background or training has to make room. Where a run can be stopped, the one that loses least is; where it cannot, long
/// ones are not started while interactive work is about. Stateless.
/// </summary>
internal sealed class PreemptionPolicy(StepSchedulerOptions options, bool isInterruptible)
{
    /// <summary>Whether a class may have a running one stopped: interactive over background and training, normal over training.</summary>
    public static bool Outranks(CallPriority waiting, CallPriority running) => running switch
    {
        <= CallPriority.Training => waiting >= CallPriority.Normal,
        CallPriority.Background => waiting >= CallPriority.Interactive,
        _ => false,
    };

    /// <summary>Whether a run could be stopped for a step of a class.</summary>
    public bool CouldStop(CallPriority waiting, StepRun run)
        => isInterruptible && Outranks(waiting, run.Priority) && run.MayBeInterrupted(options.MaxInterruptions);

    /// <summary>Runs that an interactive step outranks.</summary>
    public static int CountOutranked(IReadOnlyList<StepRun> running)
    {
        var count = 0;
        foreach (var run in running)
        {
            if (Outranks(CallPriority.Interactive, run.Priority)) count++;
        }

        return count;
    }

    /// <summary>The run to stop now, or null. Call again after each that is found.</summary>
    /// <param name="queue">What waits.</param>
    /// <param name="running">What runs.</param>
    /// <param name="slots">Runs at once.</param>
    /// <param name="interactiveSlots">The same for interactive steps, which may be more.</param>
    /// <param name="now">The time.</param>
    /// <param name="again">When to ask again though nothing happened, or null.</param>
    public StepRun? Choose(
        IStepQueue queue, IReadOnlyList<StepRun> running, int slots, int interactiveSlots, DateTimeOffset now, out DateTimeOffset? again)
    {
        again = null;
        if (!isInterruptible || options.MaxInterruptions == 0) return null;
        var waiting = 0;
        for (var priority = CallPriority.Interactive; priority > CallPriority.Training; priority--)
        {
            if (queue.OldestOf(priority) is not { } oldest) continue;
            waiting += queue.CountOf(priority);
            var isOverdue = now - oldest.Enqueued >= options.PreemptionBound;
            var soon = Math.Max(0, (priority == CallPriority.Interactive ? interactiveSlots : slots) - running.Count);
            StepRun? victim = null;
            foreach (var run in running)
            {
                if (run.IsTerminating || (!isOverdue && run.RemainingAt(now) <= options.PreemptionBound)) soon++;
                else if (CouldStop(priority, run) && (victim is null || LosesLess(run, victim))) victim = run;
            }

            if (waiting > soon && victim is not null) return victim;
            if (!isOverdue && HasCandidate(priority, running))
            {
                var at = oldest.Enqueued + options.PreemptionBound;
                if (again is null || at < again) again = at;
            }
        }

        return null;
    }

    /// <summary>What may be started on the device.</summary>
    /// <param name="minimumPriority">What the machine's state allows.</param>
    /// <param name="lastInteractive">When interactive work came last, or null.</param>
    /// <param name="now">The time.</param>
    public StartLimits Limits(CallPriority minimumPriority, DateTimeOffset? lastInteractive, DateTimeOffset now)
        => new(minimumPriority, !isInterruptible && now - lastInteractive < options.InteractiveHold ? options.UninterruptibleBound : null);

    // Lowest class first, then the one that started last: it loses least.
    private static bool LosesLess(StepRun x, StepRun y) => x.Priority != y.Priority ? x.Priority < y.Priority : x.Sequence > y.Sequence;

    private bool HasCandidate(CallPriority priority, IReadOnlyList<StepRun> running)
    {
        foreach (var run in running)
        {
            if (!run.IsTerminating && CouldStop(priority, run)) return true;
        }

        return false;
    }
}
