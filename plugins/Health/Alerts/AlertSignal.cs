namespace EdgeHost.Plugins.Health.Alerts;

/// <summary>Wakes those who wait for alerts. Thread-safe.</summary>
internal sealed class AlertSignal
{
    private TaskCompletionSource _next = New();

    /// <summary>Completes with the next alert that is raised. Ask before looking into the database, so that none is missed.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Alerts were raised and are on the disk.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, New()).SetResult();

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
