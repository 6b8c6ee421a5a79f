using EdgeHost.Security;
using EdgeHost.Security.Access;
using EdgeHost.Security.Audit;
using EdgeHost.Security.Policy;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Host.Apps;

/// <summary>Puts changed rules of apps in force, for connections that are open too, and writes into the audit log what changed.</summary>
internal sealed class AppPolicyChanges(AccessControl access, IAuditLog audit, ILogger<AppPolicyChanges> logger)
{
    /// <summary>Takes over rules that were found good.</summary>
    public void Apply(AppsOptions options)
    {
        var policy = new AppPolicy(options);
        Report(access.Policy, policy);
        access.Apply(policy);
    }

    /// <summary>Notes that the rules stayed because what is written is not good.</summary>
    public void Kept(string problem) => audit.Write(new AuditEntry("policy_kept", null, -1, null, problem));

    private void Report(AppPolicy before, AppPolicy after)
    {
        foreach (var app in before.Rules.Keys.Union(after.Rules.Keys).Order(StringComparer.Ordinal))
        {
            var (old, now) = (before.Rules.GetValueOrDefault(app), after.Rules.GetValueOrDefault(app));
            var what = old is null ? "rule_added" : now is null ? "rule_removed" : old.Describe() == now.Describe() ? null : "rule_changed";
            if (what is null) continue;
            audit.Write(new AuditEntry(what, app, -1, null, now?.Describe()));
            logger.LogInformation("{What} for the app {App}: {Rule}", what, app, now?.Describe() ?? "none");
        }
    }
}
