namespace EdgeHost.Security.Access;

/// <summary>The right to one call, given back once with <see cref="Leave"/>. Thread-safe.</summary>
public readonly struct CallPermit
{
    private readonly AppAccount? _account;

    internal CallPermit(AppAccount account, CallPriority priority)
    {
        _account = account;
        Priority = priority;
    }

    /// <summary>The priority it may run with: what was asked for, or the app's ceiling.</summary>
    public CallPriority Priority { get; }

    /// <summary>Says that the call has ended.</summary>
    /// <param name="hasFailed">Whether it ended with an error.</param>
    public void Leave(bool hasFailed) => _account?.Leave(hasFailed);
}
