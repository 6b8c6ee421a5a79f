namespace EdgeHost.Client.Sessions;

/// <summary>Decides whether a call with an idempotency key may be sent again after its connection was lost. For one call.</summary>
/// <param name="options">The call's options.</param>
/// <param name="time">The clock of its deadline.</param>
internal sealed class Resumption(CallOptions? options, TimeProvider time)
{
    private const int MostTries = 5;

    private readonly long _began = time.GetTimestamp();
    private string? _instance;
    private int _tries;

    /// <summary>The options to send: the deadline is what is left of it.</summary>
    public CallOptions? Options
        => _tries == 0 || options?.Deadline is not { } deadline ? options : options.WithDeadline(deadline - time.GetElapsedTime(_began));

    /// <summary>Sees that the session is of the host that may know the key already.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: the host was started anew and has forgotten the key, and the call may have run.</exception>
    public void Check(ClientSession session)
    {
        var instance = session.Host!.Instance;
        if (_instance is null || _instance == instance || options is { IsRepeatable: true })
        {
            _instance = instance;
            return;
        }

        throw new EdgeHostException(ErrorCode.Unavailable, "The host was started anew while the call was under way: the call may have run, and was not sent again.");
    }

    /// <summary>Whether a failure is one after which the call is sent again.</summary>
    public bool MayTryAgain(ClientSession session, EdgeHostException error)
    {
        if (options?.IdempotencyKey is null || error.Code != ErrorCode.Unavailable || !session.HasEnded || ++_tries >= MostTries) return false;
        return options.Deadline is not { } deadline || time.GetElapsedTime(_began) < deadline;
    }
}
