namespace EdgeHost.ModelStore.Tests;

/// <summary>Keeps every report and lets a test wait for one.</summary>
internal sealed class ProgressLog : IProgress<PullProgress>
{
    private readonly List<PullProgress> _reports = [];
    private readonly Func<PullProgress, bool> _awaited;
    private readonly TaskCompletionSource _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ProgressLog(Func<PullProgress, bool>? awaited = null) => _awaited = awaited ?? (_ => false);

    public Task Seen => _seen.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public IReadOnlyList<PullProgress> Reports
    {
        get
        {
            lock (_reports)
            {
                return [.. _reports];
            }
        }
    }

    public void Report(PullProgress value)
    {
        lock (_reports)
        {
            _reports.Add(value);
        }

        if (_awaited(value)) _seen.TrySetResult();
    }
}
