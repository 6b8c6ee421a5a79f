using System.Collections.Concurrent;
using EdgeHost.Security.Policy;

namespace EdgeHost.Security.Access;

/// <summary>One admitted connection of an app. It follows changes of the policy. Thread-safe.</summary>
public sealed class AppSession
{
    private const int MostDecisions = 1024;

    private readonly AccessControl _control;
    private readonly AppClaim _claim;
    private readonly AppAccount _account;
    private volatile Decisions _decisions;

    internal AppSession(AccessControl control, AppClaim claim, AppPolicy policy, AppRule rule, AppAccount account)
    {
        _control = control;
        _claim = claim;
        _account = account;
        _decisions = new Decisions(policy, rule);
        App = new AppIdentity(claim.Name, claim.UserId, claim.ProcessId);
    }

    /// <summary>Who it is.</summary>
    public AppIdentity App { get; }

    /// <summary>What it may call now, as patterns; empty if its right was taken away.</summary>
    public IReadOnlyList<string> Grants => Current().Rule?.Grants ?? [];

    /// <summary>What is left of its limits.</summary>
    public QuotaStatus Quota => Current().Rule is { } rule ? _account.Status(rule) : default;

    /// <summary>Whether it may call a method now.</summary>
    public bool Allows(string method) => Current().Allows(method);

    /// <summary>Lets a call in.</summary>
    /// <param name="method">The method.</param>
    /// <param name="priority">The priority asked for.</param>
    /// <returns>The permit; left once when the call has ended.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.PermissionDenied"/>: not granted; <see cref="ErrorCode.ResourceExhausted"/>: over a limit, and
    /// when to try again.</exception>
    public CallPermit Enter(string method, CallPriority priority)
    {
        var decisions = Current();
        if (!decisions.Allows(method))
        {
            _account.Deny();
            _control.ReportDenial(_claim, method);
            throw new EdgeHostException(
                ErrorCode.PermissionDenied, $"The app '{_claim.Name}' may not call '{method}'. The device's owner can allow it: edgehost apps grant {_claim.Name} {method}");
        }

        var rule = decisions.Rule!;
        try
        {
            _account.Enter(rule);
        }
        catch (EdgeHostException)
        {
            _account.Deny();
            throw;
        }

        return new CallPermit(_account, priority > rule.MaxPriority ? rule.MaxPriority : priority);
    }

    /// <summary>Adds device time of its calls to what the app has used: as it is used, also by what still runs when a call has ended.</summary>
    /// <param name="deviceTime">The time; nothing happens if it is not more than zero.</param>
    public void Charge(TimeSpan deviceTime) => _account.Charge(deviceTime);

    private Decisions Current()
    {
        var decisions = _decisions;
        var policy = _control.Policy;
        if (ReferenceEquals(decisions.Policy, policy)) return decisions;

        // The token was checked at hello; a token that is asked for since then is asked for at the next one.
        return _decisions = new Decisions(policy, policy.Find(_claim.Name, _control.IsOwnUser(_claim.UserId), _claim.UserId));
    }

    private sealed class Decisions(AppPolicy policy, AppRule? rule)
    {
        private readonly ConcurrentDictionary<string, bool> _methods = new(StringComparer.Ordinal);

        public AppPolicy Policy => policy;

        public AppRule? Rule => rule;

        public bool Allows(string method)
        {
            if (rule is null) return false;
            if (_methods.TryGetValue(method, out var known)) return known;
            var allows = rule.Allows(method);
            if (_methods.Count < MostDecisions) _methods[method] = allows;
            return allows;
        }
    }
}
