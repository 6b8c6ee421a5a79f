using EdgeHost.Protocol;

namespace EdgeHost.Client.Sessions;

/// <summary>
/// Decides whether a call may be sent again: one that never began always, one that may have run only under its idempotency key and to the host that knows the key.
/// For one call.
/// </summary>
/// <param name="options">The call's options.</param>
/// <param name="time">The clock of its deadline.</param>
internal sealed class Resumption(CallOptions? options, TimeProvider time)
{
    private const int MostTries = 5;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    private readonly long _began = time.GetTimestamp();
    private string? _mayKnowTheKey;
    private int _tries;

    /// <summary>The options to send: the deadline is what is left of it.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.DeadlineExceeded"/>: nothing is left.</exception>
    public CallOptions? OptionsNow()
    {
        if (Left is not { } left) return options;
        return left > TimeSpan.Zero ? options!.WithDeadline(left) : throw PastDeadline();
    }

    /// <summary>The session to send on; waits for it as long as the keeper and the deadline allow.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: none came, or it is of a host that was started anew, has forgotten the key, and the
    /// call may have run; <see cref="ErrorCode.DeadlineExceeded"/>.</exception>
    public async ValueTask<ClientSession> NextAsync(SessionKeeper keeper, CancellationToken cancellationToken)
    {
        var session = keeper.Current ?? await WaitAsync(keeper, cancellationToken).ConfigureAwait(false);

        // A host that does not say which run of it this is cannot be told from one that was started anew.
        var instance = session.Host!.Instance;
        if (_mayKnowTheKey is null || (_mayKnowTheKey == instance && instance.Length > 0) || options is { IsRepeatable: true }) return session;
        throw new EdgeHostException(ErrorCode.Unavailable, "The host was started anew while the call was under way: the call may have run, and was not sent again.");
    }

    /// <summary>Whether a failure is one after which the call is sent again.</summary>
    public bool MayTryAgain(ClientSession session, EdgeHostException error)
    {
        if (error.Code != ErrorCode.Unavailable || Left <= TimeSpan.Zero) return false;
        if (!ErrorDetails.SaysNotRun(error))
        {
            if (options?.IdempotencyKey is null || !session.HasEnded) return false;
            _mayKnowTheKey = session.Host!.Instance;
        }

        return ++_tries < MostTries;
    }

    private TimeSpan? Left => options?.Deadline is { } deadline ? deadline - time.GetElapsedTime(_began) : null;

    private async ValueTask<ClientSession> WaitAsync(SessionKeeper keeper, CancellationToken cancellationToken)
    {
        if (Left is not { } left || left > LongestTimer) return await keeper.GetAsync(cancellationToken).ConfigureAwait(false);
        if (left <= TimeSpan.Zero) throw PastDeadline();
        try
        {
            return await keeper.GetAsync(cancellationToken).AsTask().WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw PastDeadline();
        }
    }

    private static EdgeHostException PastDeadline() => new(ErrorCode.DeadlineExceeded, "The deadline passed while the client waited for a connection to the host.");
}
