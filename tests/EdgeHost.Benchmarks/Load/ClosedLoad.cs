namespace EdgeHost.Benchmarks.Load;

/// <summary>Callers that each call again as soon as they have their answer: they keep a device busy however fast it is. Dispose stops them.</summary>
internal sealed class ClosedLoad : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly Task _callers;
    private long _calls;
    private long _refused;

    private ClosedLoad(int callers, Func<int, CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _callers = Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() => CallAsync(caller, call), CancellationToken.None)));
    }

    /// <summary>Calls that were answered.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Calls that the host had no room for; their callers waited a moment and called again.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>Starts the callers.</summary>
    /// <param name="callers">How many.</param>
    /// <param name="call">One call of the caller of that number.</param>
    /// <param name="cancellationToken">Stops them.</param>
    public static ClosedLoad Start(int callers, Func<int, CancellationToken, Task> call, CancellationToken cancellationToken) => new(callers, call, cancellationToken);

    /// <summary>Calls for a while from that many callers.</summary>
    public static async Task<ClosedLoad> RunAsync(int callers, Func<int, CancellationToken, Task> call, TimeSpan duration, CancellationToken cancellationToken)
    {
        var load = Start(callers, call, cancellationToken);
        await using (load)
        {
            await Task.WhenAny(load._callers, Task.Delay(duration, cancellationToken));
        }

        return load;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _callers;
        }
        finally
        {
            _stop.Dispose();
        }
    }

    private async Task CallAsync(int caller, Func<int, CancellationToken, Task> call)
    {
        var token = _stop.Token;
        while (!token.IsCancellationRequested)
        {
            try
            {
                await call(caller, token);
                Interlocked.Increment(ref _calls);
            }
            catch (OperationCanceledException) when (token.IsCancellationRequested)
            {
                return;
            }
            catch (EdgeHostException e) when (e.Code == ErrorCode.ResourceExhausted)
            {
                Interlocked.Increment(ref _refused);
                await Task.Delay(e.RetryAfter ?? TimeSpan.FromMilliseconds(50), CancellationToken.None);
            }
        }
    }
}
