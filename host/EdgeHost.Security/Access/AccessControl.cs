using EdgeHost.Security.Audit;
using EdgeHost.Security.Policy;
using EdgeHost.Security.Usage;

namespace EdgeHost.Security.Access;

/// <summary>Says who is let in and keeps the use of each app. The policy may change at any time. Thread-safe.</summary>
public sealed class AccessControl
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string App, long UserId), AppAccount> _accounts = [];
    private readonly DenialFilter _denials;
    private readonly TimeProvider _time;
    private readonly IAuditLog _audit;
    private volatile AppPolicy _policy = AppPolicy.Default;

    /// <summary>Creates it with the default policy.</summary>
    /// <param name="time">The clock of rates and windows.</param>
    /// <param name="audit">Told of what is not let in.</param>
    public AccessControl(TimeProvider time, IAuditLog audit)
    {
        _time = time;
        _audit = audit;
        _denials = new DenialFilter(time);
    }

    /// <summary>The policy in force.</summary>
    public AppPolicy Policy => _policy;

    /// <summary>The user whose processes are the host's own; by default that of this process.</summary>
    public long OwnUserId { get; init; } = ProcessUser.Id;

    /// <summary>What each app has used, by name.</summary>
    public IReadOnlyList<AppUsage> Usage
    {
        get
        {
            lock (_gate)
            {
                return [.. _accounts.Values.Select(static account => account.Usage).OrderBy(static usage => usage.App, StringComparer.Ordinal)];
            }
        }
    }

    /// <summary>Puts another policy in force, for connections that are open too.</summary>
    public void Apply(AppPolicy policy) => _policy = policy ?? throw new ArgumentNullException(nameof(policy));

    /// <summary>Lets a connection in.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unauthenticated"/>: the token is missing or wrong; <see cref="ErrorCode.PermissionDenied"/>: no
    /// rule lets this app of this user in.</exception>
    public AppSession Admit(AppClaim claim)
    {
        var policy = _policy;
        var isOwnUser = IsOwnUser(claim.UserId);
        if (policy.Find(claim.Name, isOwnUser, claim.UserId) is not { } rule)
        {
            _audit.Write(new AuditEntry("refused", claim.Name, claim.UserId, null, isOwnUser ? "no rule" : "another user"));
            throw new EdgeHostException(
                ErrorCode.PermissionDenied,
                isOwnUser
                    ? $"The app '{claim.Name}' is not known here. The device's owner can allow it: edgehost apps add {claim.Name}"
                    : $"The app '{claim.Name}' of user {claim.UserId} may not call this host. Its owner can allow it: edgehost apps add {claim.Name} --user {claim.UserId}");
        }

        if (rule.TokenHash is { } hash && !AppToken.Matches(hash, claim.Token))
        {
            _audit.Write(new AuditEntry("refused", claim.Name, claim.UserId, null, claim.Token is null ? "no token" : "wrong token"));
            throw new EdgeHostException(
                ErrorCode.Unauthenticated,
                claim.Token is null ? $"The app '{claim.Name}' must prove its name: say its token in hello." : $"The token is not the one of the app '{claim.Name}'.");
        }

        return new AppSession(this, claim, policy, rule, Account(claim.Name, claim.UserId, policy.MaxKnownApps));
    }

    /// <summary>Adds device time of work that goes on without a connection to what an app has used.</summary>
    /// <param name="app">The app.</param>
    /// <param name="deviceTime">The time; nothing happens if it is not more than zero.</param>
    public void Charge(AppIdentity app, TimeSpan deviceTime)
    {
        ArgumentNullException.ThrowIfNull(app);
        Account(app.Name, app.UserId, _policy.MaxKnownApps).Charge(deviceTime);
    }

    /// <summary>Whether an app may call a method; false for an app that no rule lets in.</summary>
    public bool Allows(AppIdentity app, string method)
    {
        ArgumentNullException.ThrowIfNull(app);
        return _policy.Find(app.Name, IsOwnUser(app.UserId), app.UserId)?.Allows(method) == true;
    }

    /// <summary>What is left of an app's limits; null for an app that nobody knows.</summary>
    public QuotaStatus? FindQuota(AppIdentity app)
    {
        ArgumentNullException.ThrowIfNull(app);
        AppAccount? account;
        lock (_gate)
        {
            _accounts.TryGetValue((app.Name, app.UserId), out account);
        }

        return account is not null && _policy.Find(app.Name, IsOwnUser(app.UserId), app.UserId) is { } rule ? account.Status(rule) : null;
    }

    /// <summary>What is kept over a restart, the longest unused first.</summary>
    internal IReadOnlyList<SavedUsage> Save()
    {
        lock (_gate)
        {
            return [.. _accounts.Values.OrderBy(static account => account.LastUse).Select(static account => account.Save())];
        }
    }

    /// <summary>Takes over what an earlier host has counted; of more apps than are kept in mind those used last.</summary>
    internal void Restore(IReadOnlyList<SavedUsage> saved)
    {
        var most = _policy.MaxKnownApps;
        lock (_gate)
        {
            foreach (var usage in saved.Skip(saved.Count - most))
            {
                var account = new AppAccount(usage.App, usage.UserId, _time);
                account.Restore(usage);
                _accounts[(usage.App, usage.UserId)] = account;
            }
        }
    }

    internal bool IsOwnUser(long userId) => userId == -1 || userId == OwnUserId;

    internal void ReportDenial(AppClaim claim, string method)
    {
        if (_denials.Pass(claim.Name, method) is { } suppressed)
        {
            _audit.Write(new AuditEntry("denied", claim.Name, claim.UserId, method, suppressed == 0 ? null : $"and {suppressed} times before"));
        }
    }

    private AppAccount Account(string app, long userId, int most)
    {
        lock (_gate)
        {
            if (_accounts.TryGetValue((app, userId), out var known)) return known;
            if (_accounts.Count >= most && _accounts.Where(static entry => entry.Value.InFlight == 0).MinBy(static entry => entry.Value.LastUse) is { Value: not null } oldest)
            {
                _accounts.Remove(oldest.Key);
            }

            return _accounts[(app, userId)] = new AppAccount(app, userId, _time);
        }
    }
}
