using System.Globalization;

namespace EdgeHost.Security.Policy;

/// <summary>A rule, ready to be asked. Immutable.</summary>
public sealed class AppRule
{
    /// <summary>What every app that was let in may call: without it no client works.</summary>
    private static readonly HashSet<string> Basic = new(StringComparer.Ordinal)
    {
        "host.capabilities", "host.quota", "host.open_region", "host.close_region",
    };

    private readonly MethodPattern[] _grants;
    private readonly MethodPattern[] _explicit;

    internal AppRule(AppRuleOptions options, IEnumerable<MethodPattern> explicitGrants, bool isNamed)
    {
        _grants = [.. (options.Grants.Count == 0 ? ["*"] : options.Grants).Select(MethodPattern.Parse)];
        _explicit = [.. explicitGrants];
        IsNamed = isNamed;
        TokenHash = options.TokenHash;
        Users = [.. options.Users];
        MaxPriority = options.MaxPriority;
        CallsPerSecond = options.CallsPerSecond;
        Burst = options.Burst;
        ConcurrentCalls = options.ConcurrentCalls;
        DeviceTime = options.DeviceSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        Window = options.Window;
    }

    /// <summary>Whether the app has a rule of its own.</summary>
    public bool IsNamed { get; }

    /// <summary>The hash of its token, or null.</summary>
    public string? TokenHash { get; }

    /// <summary>Users it may be of; empty for the host's own.</summary>
    public IReadOnlyList<long> Users { get; }

    /// <summary>Its most urgent priority.</summary>
    public CallPriority MaxPriority { get; }

    /// <summary>Calls a second, or null.</summary>
    public double? CallsPerSecond { get; }

    /// <summary>Calls at once after a pause.</summary>
    public int Burst { get; }

    /// <summary>Calls in flight, or null.</summary>
    public int? ConcurrentCalls { get; }

    /// <summary>Device time in each window, or null.</summary>
    public TimeSpan? DeviceTime { get; }

    /// <summary>The window.</summary>
    public TimeSpan Window { get; }

    /// <summary>What it may call, as patterns.</summary>
    public IReadOnlyList<string> Grants => [.. _grants.Select(static grant => grant.Text)];

    /// <summary>The rule in one line, for logs; the token is not in it.</summary>
    public string Describe()
    {
        var parts = new List<string> { $"grants {string.Join(' ', Grants)}" };
        if (TokenHash is not null) parts.Add("token");
        if (Users.Count > 0) parts.Add($"users {string.Join(' ', Users)}");
        if (MaxPriority != CallPriority.Interactive) parts.Add($"at most {MaxPriority}");
        if (CallsPerSecond is { } rate) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{rate} calls/s, burst {Burst}"));
        if (ConcurrentCalls is { } calls) parts.Add($"{calls} calls at once");
        if (DeviceTime is { } given) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{given.TotalSeconds} s of device time in {Window}"));
        return string.Join(", ", parts);
    }

    /// <summary>Whether nothing but the grants needs to be looked at.</summary>
    internal bool HasNoLimits => CallsPerSecond is null && ConcurrentCalls is null && DeviceTime is null;

    /// <summary>Whether it may call a method. Denials win; what needs an explicit grant needs more than a bare star in a rule of the app's own.</summary>
    public bool Allows(string method)
    {
        if (Basic.Contains(method)) return true;
        var needsExplicit = _explicit.Any(pattern => pattern.Matches(method));
        var isGranted = false;
        foreach (var grant in _grants)
        {
            if (!grant.Matches(method)) continue;
            if (grant.IsDenial) return false;
            isGranted |= !needsExplicit || (IsNamed && !grant.IsEverything);
        }

        return isGranted;
    }
}
