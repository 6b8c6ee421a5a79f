namespace EdgeHost.Protocol.Streams;

/// <summary>Counts the items of a stream that may still be sent. Thread-safe.</summary>
internal sealed class CreditGate(int initial)
{
    private const int Most = 1 << 20;

    private readonly Lock _gate = new();
    private int _credit = initial;
    private TaskCompletionSource? _more;
    private Exception? _closed;

    /// <summary>Takes one, waiting until there is one.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Exception">What <see cref="Close"/> was given.</exception>
    public async ValueTask TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (_gate)
            {
                if (_closed is not null) throw _closed;
                if (_credit > 0)
                {
                    _credit--;
                    return;
                }

                more = (_more ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await more.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds some; beyond a million in all they no longer count.</summary>
    public void Add(int items)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            _credit = Math.Min(_credit + items, Most);
            more = _more;
            _more = null;
        }

        more?.TrySetResult();
    }

    /// <summary>Ends all waiting, now and later.</summary>
    /// <param name="reason">What is thrown to those who wait.</param>
    public void Close(Exception reason)
    {
        TaskCompletionSource? more;
        lock (_gate)
        {
            _closed ??= reason;
            more = _more;
            _more = null;
        }

        more?.TrySetResult();
    }
}
