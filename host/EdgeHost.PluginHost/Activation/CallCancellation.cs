using System.Collections.Concurrent;

namespace EdgeHost.PluginHost.Activation;

/// <summary>
/// A token that two others cancel, used again for one call after another: linking sources anew was most of what a small call allocated. Not thread-safe
/// but for the two.
/// </summary>
internal sealed class CallCancellation : IDisposable
{
    private const int MostIdle = 64;

    private static readonly ConcurrentStack<CallCancellation> Idle = new();
    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _caller;
    private CancellationTokenRegistration _stopping;

    private CallCancellation()
    {
    }

    /// <summary>Cancelled with either.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Gives one that follows two tokens until it is disposed.</summary>
    public static CallCancellation Rent(CancellationToken caller, CancellationToken stopping)
    {
        if (!Idle.TryPop(out var rented)) rented = new CallCancellation();
        rented._caller = Follow(rented, caller);
        rented._stopping = Follow(rented, stopping);
        return rented;
    }

    /// <summary>Follows them no more. What is cancelled, or about to be, is not used again.</summary>
    public void Dispose()
    {
        // Unregister is false where the callback has run or runs at this moment.
        var isFree = (_caller.Unregister() | _caller == default) & (_stopping.Unregister() | _stopping == default);
        _caller = _stopping = default;
        if (isFree && _source.TryReset() && Idle.Count < MostIdle) Idle.Push(this);
    }

    private static CancellationTokenRegistration Follow(CallCancellation call, CancellationToken token)
        => token.UnsafeRegister(static call => ((CallCancellation)call!)._source.Cancel(), call);
}
