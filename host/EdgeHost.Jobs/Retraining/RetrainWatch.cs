using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Specs;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Retraining;

/// <summary>
/// Looks at datasets now and then: begins the jobs again whose rule says so, with the parameters of the version that serves, and ends those whose examples may not be read
/// any more.
/// </summary>
internal sealed class RetrainWatch(JobService jobs, JobDecisions decisions, IOptions<JobOptions> options, TimeProvider time, ILogger<RetrainWatch> logger) : BackgroundService
{
    /// <summary>Looks once.</summary>
    /// <returns>How many jobs began.</returns>
    internal async Task<int> LookAsync(CancellationToken cancellationToken)
    {
        var begun = 0;
        foreach (var last in jobs.FindStanding())
        {
            try
            {
                if (JobSpecReader.Read(last.Spec) is not { Retrain: { } rule, Dataset: { } dataset }) continue;
                var counts = await jobs.CountLabelsAsync(last.Owner, dataset, cancellationToken).ConfigureAwait(false);
                if (!RetrainRule.IsDue(rule, last.LabelCounts, counts, time.GetUtcNow() - last.Created)) continue;
                var parent = await jobs.ServingVersionAsync(last.Owner, last.Model, cancellationToken).ConfigureAwait(false);
                var job = await jobs.StartAsync(last.Owner, last.Spec, parent, cancellationToken).ConfigureAwait(false);
                logger.LogInformation("The model {Model} of {App} is trained again by its rule: job {Job}.", last.Model, last.App, job.Id);
                decisions.Retrained(job, RetrainRule.CountChanges(last.LabelCounts, counts));
                begun++;
            }
            catch (EdgeHostException e)
            {
                logger.LogWarning("The model {Model} of {App} could not be trained again: {Problem}", last.Model, last.App, e.Message);
            }
        }

        return begun;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RetrainInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            await LookAsync(stoppingToken).ConfigureAwait(false);
            await jobs.EndForbiddenAsync(stoppingToken).ConfigureAwait(false);
        }
    }
}
