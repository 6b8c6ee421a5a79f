using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Serving;
using EdgeHost.Deployment.Trials;
using EdgeHost.Deployment.Versions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment;

/// <summary>Holds trials against their gates, and lets versions go on, or takes them back. Also looks after what is on the disk.</summary>
internal sealed class VersionJudge(
    VersionStore store, VersionControl control, TrialBook trials, BrokenVersions broken, IOptions<DeploymentOptions> options, TimeProvider time, ILogger<VersionJudge> logger)
    : BackgroundService
{
    private readonly DeploymentOptions _options = options.Value;

    /// <summary>One round over all trials.</summary>
    internal async Task JudgeAsync(CancellationToken cancellationToken)
    {
        if (trials.IsEmpty && broken.IsEmpty) return;
        foreach (var (version, problem) in broken.Take()) await GuardAsync(version, () => DropAsync(version, problem, cancellationToken)).ConfigureAwait(false);
        if (trials.IsEmpty) return;
        var feedback = await control.FeedbackAsync(cancellationToken).ConfigureAwait(false);
        foreach (var trial in trials.All.ToList()) await GuardAsync(trial.Version, () => JudgeAsync(trial, trial.Figures(feedback), cancellationToken)).ConfigureAwait(false);
        await SaveAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what trials have shown since the last time.</summary>
    internal async Task SaveAsync(CancellationToken cancellationToken)
    {
        var changed = trials.All.Select(static trial => (Trial: trial, Record: trial.ToRecord())).Where(static pair => pair.Record != pair.Trial.Written).ToList();
        if (changed.Count == 0) return;
        await store.SaveAsync([.. changed.Select(static pair => (pair.Trial.Version, pair.Record))], cancellationToken).ConfigureAwait(false);
        foreach (var (trial, record) in changed) trial.Written = record;
    }

    /// <summary>One round over the disk.</summary>
    internal async Task CleanAsync(CancellationToken cancellationToken)
    {
        await store.RefreshAsync(cancellationToken).ConfigureAwait(false);
        var removed = await store.CleanAsync(cancellationToken).ConfigureAwait(false);
        if (removed > 0) logger.LogInformation("{Count} folders of versions that are not kept were removed.", removed);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        await GuardAsync(version: null, () => SaveAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        JudgeAllAsync(stoppingToken),
        CleanAllAsync(stoppingToken));

    private async Task JudgeAllAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            // A device where nothing is tried is not woken for it.
            await trials.WhenWorkAsync(cancellationToken).ConfigureAwait(false);
            await Task.Delay(_options.JudgeInterval, time, cancellationToken).ConfigureAwait(false);
            await GuardAsync(version: null, () => JudgeAsync(cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task CleanAllAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.UpkeepInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false)) await GuardAsync(version: null, () => CleanAsync(cancellationToken)).ConfigureAwait(false);
    }

    private async Task JudgeAsync(Trial trial, GateFigures figures, CancellationToken cancellationToken)
    {
        var version = trial.Version;
        var verdict = Gate.Judge(trial.Rule, figures);
        if (!_options.IsAutomatic) return;
        if (verdict.Outcome == GateOutcome.Failed)
        {
            await control.TakeBackAsync(version, VersionActor.Gate, verdict.Reason, figures, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (version.State == VersionState.Current)
        {
            if (time.GetUtcNow() < version.WatchedUntil) return;
            await store.EndWatchAsync(version, $"it held for {_options.WatchWindow}: {verdict.Reason}", figures, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (verdict.Outcome == GateOutcome.Passed)
        {
            await control.PrepareAsync(version, cancellationToken).ConfigureAwait(false);
            var next = version.State == VersionState.Shadow ? VersionState.Canary : VersionState.Current;
            await control.MoveAsync(version, next, VersionActor.Gate, verdict.Reason, figures, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (time.GetUtcNow() - version.Changed < _options.TrialLifetime) return;
        await control.TakeBackAsync(version, VersionActor.Gate, $"there were too few calls in {_options.TrialLifetime}: {verdict.Reason}", figures, cancellationToken).ConfigureAwait(false);
    }

    private async Task DropAsync(ModelVersion version, string problem, CancellationToken cancellationToken)
    {
        logger.LogWarning("{Version} serves and does not load: {Problem}", version.Name, problem);
        if (_options.IsAutomatic) await control.TakeBackAsync(version, VersionActor.Gate, $"it does not load: {problem}", figures: null, cancellationToken).ConfigureAwait(false);
    }

    // One version that cannot be judged now, or has moved meanwhile, must not keep the others waiting.
    private async Task GuardAsync(ModelVersion? version, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (EdgeHostException e)
        {
            logger.LogWarning("Versions{Version} could not be looked after ({Problem}); it is tried again.", version is null ? string.Empty : $" ({version.Name})", e.Message);
        }
    }
}
