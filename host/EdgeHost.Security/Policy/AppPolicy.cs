namespace EdgeHost.Security.Policy;

/// <summary>All rules at one time. Immutable; a change makes a new one.</summary>
public sealed class AppPolicy
{
    private static readonly MethodPattern Health = MethodPattern.Parse("health.*");

    private readonly Dictionary<string, AppRule> _rules;
    private readonly AppRule? _unknown;

    /// <summary>Makes a policy of options that were found good.</summary>
    public AppPolicy(AppsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        MethodPattern[] explicitGrants = [Health, .. options.ExplicitGrants.Select(MethodPattern.Parse)];
        _rules = options.Rules.ToDictionary(static rule => rule.Key, rule => new AppRule(rule.Value, explicitGrants, isNamed: true), StringComparer.Ordinal);
        _unknown = options.AllowUnknown ? new AppRule(new AppRuleOptions(), explicitGrants, isNamed: false) : null;
        MaxKnownApps = options.MaxKnownApps;
    }

    /// <summary>The policy of a host that was told nothing.</summary>
    public static AppPolicy Default { get; } = new(new AppsOptions());

    /// <summary>Apps whose use is kept.</summary>
    public int MaxKnownApps { get; }

    /// <summary>The rules by name.</summary>
    public IReadOnlyDictionary<string, AppRule> Rules => _rules;

    /// <summary>The rule of an app, or null if nothing allows it.</summary>
    /// <param name="app">Its name.</param>
    /// <param name="isOwnUser">Whether its process is of the host's own user.</param>
    /// <param name="userId">The user of its process; -1 if the platform does not say.</param>
    public AppRule? Find(string app, bool isOwnUser, long userId)
    {
        if (!_rules.TryGetValue(app, out var rule)) return isOwnUser ? _unknown : null;
        var isUser = rule.Users.Count == 0 ? isOwnUser : rule.Users.Contains(userId);
        return isUser ? rule : null;
    }
}
