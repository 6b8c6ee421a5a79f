namespace EdgeHost.Runtime.Scheduling.Work;

/// <summary>Work of the host's own in the one schedule: it waits its turn, makes room, rests and is charged like any step.</summary>
public static class WorkScheduling
{
    /// <summary>Queues a piece of work and waits for its end.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="request">The work.</param>
    /// <param name="cancellationToken">Takes it out of the queue; where it runs, its own token is cancelled.</param>
    /// <returns>The time it held the device.</returns>
    /// <exception cref="EdgeHostException">As for any step, or what the work throws.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the work was done.</exception>
    public static async Task<TimeSpan> RunWorkAsync(this IStepScheduler scheduler, WorkRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(request);
        using var session = new WorkSession(request.Work);
        var completion = await scheduler.RunAsync(
            new StepRequest
            {
                Device = request.Device,
                Session = session,
                Step = request.IsRepeatable ? WorkSession.Repeatable : WorkSession.RunsThrough,
                Model = request.Name,
                App = request.App,
                Account = request.Account,
                Priority = request.Priority,
            },
            cancellationToken).ConfigureAwait(false);
        return completion.RunTime;
    }
}
