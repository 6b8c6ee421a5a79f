using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Models;

/// <summary>
/// Tasks that nobody on a call's path waits for, but which have an owner: counted, logged where they fail, waited for at the end. Thread-safe. Its user
/// bounds how many it starts.
/// </summary>
internal sealed class BackgroundWork
{
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private int _running;
    private TaskCompletionSource? _idle;

    public BackgroundWork(ILogger logger) => _logger = logger;

    /// <summary>Starts work on the thread pool.</summary>
    public void Start(string what, Func<Task> work)
    {
        lock (_gate)
        {
            _running++;
        }

        _ = Task.Run(() => RunAsync(what, work));
    }

    /// <summary>Completes when nothing runs; work that is started meanwhile counts.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            if (_running == 0) return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private async Task RunAsync(string what, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The end of a background task: there is nobody to throw to. Logged here.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.LogError(e, "{Work} failed unexpectedly.", what);
        }

        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_running == 0) (idle, _idle) = (_idle, null);
        }

        idle?.TrySetResult();
    }
}
