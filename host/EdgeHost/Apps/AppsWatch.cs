using EdgeHost.Host.Cli;
using EdgeHost.Host.Configuration;
using EdgeHost.Host.Hosting;
using EdgeHost.Security.Access;
using EdgeHost.Security.Audit;
using EdgeHost.Security.Policy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Host.Apps;

/// <summary>
/// Puts changed rules in force while the host runs: looks at the two files every second, reads both as a whole, and keeps the old rules where one is wrong.
/// </summary>
internal sealed class AppsWatch(HostSettings settings, AccessControl access, IAuditLog audit, TimeProvider time, ILogger<AppsWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private (DateTime, long, DateTime, long) _seen;

    /// <summary>Why the rules in force are not those of the files, or null.</summary>
    public string? Problem { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _seen = Stamp();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) Look();
    }

    /// <summary>Looks once.</summary>
    internal void Look()
    {
        var stamp = Stamp();
        if (stamp == _seen) return;
        _seen = stamp;
        try
        {
            var configuration = settings.Configuration is { } known ? HostConfiguration.Load(known.Path) : null;
            var policy = new AppPolicy(AppsFile.Read(configuration, settings.Home));
            Report(access.Policy, policy);
            access.Apply(policy);
            Problem = null;
        }
        catch (UsageException e)
        {
            Problem = e.Message;
            logger.LogError("The rules of apps stay as they were: {Problem}", e.Message);
            audit.Write(new AuditEntry("policy_kept", null, -1, null, e.Message));
        }
    }

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

    private (DateTime, long, DateTime, long) Stamp()
    {
        var (configured, own) = (settings.Configuration is { } known ? new FileInfo(known.Path) : null, new FileInfo(AppsFile.PathIn(settings.Home)));
        return (configured?.LastWriteTimeUtc ?? default, Length(configured), own.LastWriteTimeUtc, Length(own));
    }

    private static long Length(FileInfo? file) => file is { Exists: true } ? file.Length : -1;
}
