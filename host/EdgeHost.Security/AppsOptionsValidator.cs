using EdgeHost.Security.Policy;
using Microsoft.Extensions.Options;

namespace EdgeHost.Security;

/// <summary>Checks the rules of apps as a whole; every problem is named at once.</summary>
public sealed class AppsOptionsValidator : IValidateOptions<AppsOptions>
{
    private const int MostRules = 10_000;
    private const int MostPatterns = 1000;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AppsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = new List<string>();
        Within(problems, "MaxKnownApps", options.MaxKnownApps, 16, 100_000);
        Within(problems, "AuditFileBytes", options.AuditFileBytes, 64 << 10, 1 << 30);
        Within(problems, "AuditFiles", options.AuditFiles, 1, 1000);
        CheckPatterns(problems, "ExplicitGrants", options.ExplicitGrants, mayDeny: false);
        if (options.Rules.Count > MostRules) problems.Add($"Apps:Rules has {options.Rules.Count} rules; at most {MostRules} are taken.");
        foreach (var (app, rule) in options.Rules)
        {
            CheckRule(problems, app, rule);
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckRule(List<string> problems, string app, AppRuleOptions rule)
    {
        var path = $"Rules:{app}";
        if (!AppNames.IsName(app)) problems.Add($"Apps:{path} is no app's name: 1 to 128 characters of a-z 0-9 . _ -");
        if (rule.TokenHash is { } hash && !AppToken.IsHash(hash)) problems.Add($"Apps:{path}:TokenHash is no hash of a token; 'edgehost apps add {app} --token' makes one.");
        CheckPatterns(problems, $"{path}:Grants", rule.Grants, mayDeny: true);
        foreach (var user in rule.Users.Where(user => user is < 0 or > uint.MaxValue)) problems.Add($"Apps:{path}:Users has {user}; a user id is 0 to {uint.MaxValue}.");
        if (!Enum.IsDefined(rule.MaxPriority) || rule.MaxPriority == CallPriority.Training) problems.Add($"Apps:{path}:MaxPriority is none of Interactive, Normal, Background.");
        if (rule.CallsPerSecond is { } rate) Within(problems, $"{path}:CallsPerSecond", rate, 0.001, 1_000_000);
        Within(problems, $"{path}:Burst", rule.Burst, 1, 1_000_000);
        if (rule.ConcurrentCalls is { } calls) Within(problems, $"{path}:ConcurrentCalls", calls, 1, 1_000_000);
        if (rule.DeviceSeconds is { } seconds) Within(problems, $"{path}:DeviceSeconds", seconds, 0.001, 1_000_000);
        if (rule.Window < TimeSpan.FromSeconds(1) || rule.Window > TimeSpan.FromDays(30)) problems.Add($"Apps:{path}:Window is {rule.Window}; allowed are 1 second to 30 days.");
    }

    private static void CheckPatterns(List<string> problems, string path, IList<string> patterns, bool mayDeny)
    {
        if (patterns.Count > MostPatterns) problems.Add($"Apps:{path} has {patterns.Count} entries; at most {MostPatterns} are taken.");
        foreach (var pattern in patterns)
        {
            if (!MethodPattern.IsPattern(pattern, mayDeny)) problems.Add($"Apps:{path} has '{pattern}'; an entry is a method, 'group.*' or '*'{(mayDeny ? ", with '!' in front to deny it" : string.Empty)}.");
        }
    }

    private static void Within(List<string> problems, string option, double value, double minimum, double maximum)
    {
        if (!(value >= minimum && value <= maximum)) problems.Add($"Apps:{option} is {value}; allowed are {minimum} to {maximum}.");
    }
}
