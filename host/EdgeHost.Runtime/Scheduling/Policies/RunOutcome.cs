namespace EdgeHost.Runtime.Scheduling.Policies;

/// <summary>How a run ended, as far as the schedule minds.</summary>
internal enum RunOutcome
{
    /// <summary>It ran to its end; the policies learn from its time.</summary>
    Completed,

    /// <summary>It ended with an error or was cancelled: its apps pay for the time, nothing is learned.</summary>
    Failed,

    /// <summary>It was stopped for a more urgent step: its steps are queued again, and nobody pays.</summary>
    Preempted,
}
