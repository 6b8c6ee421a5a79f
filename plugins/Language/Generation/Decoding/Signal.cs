namespace EdgeHost.Plugins.Language.Generation.Decoding;

/// <summary>Wakes one waiter; a call while nobody waits is kept for the next one. Thread-safe.</summary>
internal sealed class Signal
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _next = New();

    /// <summary>Wakes.</summary>
    public void Set()
    {
        lock (_gate) _next.TrySetResult();
    }

    /// <summary>Waits for a call since the last wait ended.</summary>
    public async Task WaitAsync()
    {
        TaskCompletionSource next;
        lock (_gate) next = _next;
        await next.Task.ConfigureAwait(false);
        lock (_gate)
        {
            if (_next == next) _next = New();
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
