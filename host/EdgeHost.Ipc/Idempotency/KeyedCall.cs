namespace EdgeHost.Ipc.Idempotency;

/// <summary>
/// A call with a key: runs once, whoever asks for it how often. It goes on while somebody waits, and for a grace after a connection was lost, so that the
/// client can come back and ask again. Thread-safe.
/// </summary>
internal sealed class KeyedCall : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<KeyedOutcome> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly TimeSpan _grace;
    private ITimer? _timer;
    private int _waiters;
    private bool _someoneMayComeBack;

    public KeyedCall(ReadOnlySpan<byte> bodyHash, TimeProvider time, TimeSpan grace)
    {
        BodyHash = bodyHash.ToArray();
        _time = time;
        _grace = grace;
    }

    /// <summary>The hash of the body that it was called with.</summary>
    public byte[] BodyHash { get; }

    /// <summary>How it ended; null while it runs.</summary>
    public KeyedOutcome? Outcome { get; private set; }

    /// <summary>When it ended, by the clock's timestamp.</summary>
    public long EndedAt { get; private set; }

    /// <summary>Cancelled when nobody waits for it any more.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Whether it was stopped because nobody waited any more: who asks then begins it anew.</summary>
    public bool WasAborted => _stop.IsCancellationRequested;

    /// <summary>Counts one who waits; before <see cref="WaitAsync"/>, while the store is locked.</summary>
    public void Enter()
    {
        lock (_gate)
        {
            // One more may be the one that comes back, or another; either way those who left before are not waited for once it is here.
            if (_waiters++ == 0) _someoneMayComeBack = false;
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>Waits for the end.</summary>
    /// <param name="mayComeBack">Asked when the wait is cancelled: whether its caller may come back, as one whose connection was lost.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<KeyedOutcome> WaitAsync(Func<bool> mayComeBack, CancellationToken cancellationToken)
    {
        var leavesForGood = false;
        try
        {
            return await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            leavesForGood = !mayComeBack();
            throw;
        }
        finally
        {
            Leave(leavesForGood);
        }
    }

    /// <summary>Says how it ended.</summary>
    public void Complete(KeyedOutcome outcome)
    {
        EndedAt = _time.GetTimestamp();
        Outcome = outcome;
        _ended.TrySetResult(outcome);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    /// <summary>Stops it for good, whoever waits.</summary>
    public void Abort() => _ = _stop.CancelAsync();

    private void Leave(bool forGood)
    {
        lock (_gate)
        {
            _someoneMayComeBack |= !forGood;
            if (--_waiters > 0 || _ended.Task.IsCompleted) return;
            if (_someoneMayComeBack && _grace > TimeSpan.Zero)
            {
                _timer = _time.CreateTimer(static state => ((KeyedCall)state!).Abort(), this, _grace, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Abort();
    }
}
