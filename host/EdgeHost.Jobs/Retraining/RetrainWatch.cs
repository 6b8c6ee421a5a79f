using EdgeHost.Jobs.Running;
using EdgeHost.Learning.Examples;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Retraining;

/// <summary>
/// Looks at datasets now and then, and soon after something was recorded: begins the jobs whose rules say so, with the parameters of the version that serves, and ends those whose
/// examples may not be read any more. Looks are made by one caller at a time.
/// </summary>
internal sealed class RetrainWatch(JobService jobs, StandingRules rules, JobDecisions decisions, ExampleStore examples, IOptions<JobOptions> options, TimeProvider time, ILogger<RetrainWatch> logger) : BackgroundService
{
    // As often as it looks at most, however much is recorded.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly Dictionary<(ExampleOwner Owner, string Model, bool IsPersonal), LabelBurst> _bursts = [];

    private Task _recorded = Task.CompletedTask;

    /// <summary>After what time the next look is worth it because labels have come that have not settled; null if none have.</summary>
    internal TimeSpan? Soon { get; private set; }

    /// <summary>Looks once.</summary>
    /// <returns>How many jobs began.</returns>
    internal async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var begun = 0;
        Soon = null;
        var standing = await rules.FindAsync(cancellationToken).ConfigureAwait(false);
        foreach (var gone in _bursts.Keys.Except(standing.Select(KeyOf)).ToList()) _bursts.Remove(gone);
        foreach (var rule in standing)
        {
            try
            {
                if (await BeginAsync(rule, cancellationToken).ConfigureAwait(false)) begun++;
            }
            catch (EdgeHostException e)
            {
                logger.LogWarning("The model {Model} of {App} could not be trained again: {Problem}", rule.Spec.Model, rule.Owner.App, e.Message);
            }
        }

        return begun;
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // What is recorded from now on is seen, however late the first wait begins.
        _recorded = examples.WhenRecorded;
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.RetrainInterval;
        var looked = time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            await WaitAsync(_recorded, interval - time.GetElapsedTime(looked), stoppingToken).ConfigureAwait(false);
            _recorded = examples.WhenRecorded;
            try
            {
                await LookAsync(stoppingToken).ConfigureAwait(false);
                if (time.GetElapsedTime(looked) < interval) continue;
                looked = time.GetTimestamp();
                await jobs.EndForbiddenAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (EdgeHostException e)
            {
                logger.LogWarning("Datasets could not be looked at for jobs that begin again: {Problem}", e.Message);
            }
        }
    }

    private async Task WaitAsync(Task recorded, TimeSpan most, CancellationToken cancellationToken)
    {
        var wait = Soon is { } soon && soon < most ? soon : most;
        if (wait <= Shortest)
        {
            await Task.Delay(Shortest, time, cancellationToken).ConfigureAwait(false);
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(recorded, Task.Delay(wait, time, either.Token)).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        if (recorded.IsCompleted) await Task.Delay(Shortest, time, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<bool> BeginAsync(StandingRule rule, CancellationToken cancellationToken)
    {
        var retrain = rule.Spec.Retrain!;
        var now = time.GetUtcNow();
        var counts = await jobs.CountLabelsAsync(rule.Owner, rule.Spec, cancellationToken).ConfigureAwait(false);
        if (!RetrainRule.IsDue(retrain, rule.LabelsBefore, counts, rule.Last is { } last ? now - last : TimeSpan.MaxValue))
        {
            _bursts.Remove(KeyOf(rule));
            return false;
        }

        var burst = _bursts[KeyOf(rule)] = LabelBurst.See(_bursts.GetValueOrDefault(KeyOf(rule)), counts, now);
        if (burst.Left(retrain.Settle, now) is var left && left > TimeSpan.Zero)
        {
            Soon = Soon is { } known && known < left ? known : left;
            return false;
        }

        _bursts.Remove(KeyOf(rule));
        var parent = rule.Spec.IsPersonal ? null : await jobs.ServingVersionAsync(rule.Owner, rule.Spec.Model, cancellationToken).ConfigureAwait(false);
        var job = await jobs.StartAsync(rule.Owner, rule.Spec.Json, parent, rule.Plugin, cancellationToken).ConfigureAwait(false);
        logger.LogInformation("The model {Model} of {App} is trained by the rule of {Rule}: job {Job}.", rule.Spec.Model, rule.Owner.App, rule.Plugin ?? "its last job", job.Id);
        decisions.Retrained(job, RetrainRule.CountChanges(rule.LabelsBefore, counts));
        return true;
    }

    private static (ExampleOwner Owner, string Model, bool IsPersonal) KeyOf(StandingRule rule) => (rule.Owner, rule.Spec.Model, rule.Spec.IsPersonal);
}
