using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Retraining;

/// <summary>All rules by which jobs begin by themselves: those of apps' jobs, and those of plugins for each app that gave feedback. Used by one caller at a time.</summary>
internal sealed class StandingRules(
    JobService jobs, JobDatasets datasets, ExampleStore examples, IShippedModels shipped, IOptions<JobOptions> options, ILogger<StandingRules> logger, IPersonalisations? personalisations = null)
{
    private readonly Dictionary<Personalisation, JobSpec?> _read = [];

    public async Task<IReadOnlyList<StandingRule>> FindAsync(CancellationToken cancellationToken)
    {
        var rules = new List<StandingRule>();
        foreach (var last in jobs.FindStanding())
        {
            if (JobSpecReader.Read(last.Spec) is { Retrain: not null, Dataset: not null } spec) rules.Add(new StandingRule(last.Owner, spec, Plugin: null, last.Created, last.LabelCounts));
        }

        if (!options.Value.Personalise || personalisations is null) return rules;
        var own = rules.Where(static rule => rule.Spec.IsPersonal).Select(static rule => (rule.Owner, rule.Spec.Model)).ToHashSet();
        foreach (var wanted in personalisations.List())
        {
            if (Read(wanted) is not { } spec) continue;
            foreach (var owner in await examples.OwnersOfAsync(wanted.Method, cancellationToken).ConfigureAwait(false))
            {
                // An app's own rule for the model stands in place of the plugin's.
                if (!own.Contains((owner, wanted.Model)) && await FindAsync(owner, wanted, spec, cancellationToken).ConfigureAwait(false) is { } rule) rules.Add(rule);
            }
        }

        return rules;
    }

    private async Task<StandingRule?> FindAsync(ExampleOwner owner, Personalisation wanted, JobSpec spec, CancellationToken cancellationToken)
    {
        var known = jobs.FindPersonal(owner, wanted.Model);
        if (known.Any(static job => !job.HasEnded)) return null;
        try
        {
            // Features of an encoder that is not there any more are no use.
            if (await datasets.ListAsync(owner, spec, cancellationToken).ConfigureAwait(false) is not [var first, ..]) return null;
            var model = await shipped.FindAsync(owner, wanted.Model, version: null, cancellationToken).ConfigureAwait(false);

            // Beyond the last example there is nothing to read; whether it may be read is said all the same.
            await examples.ReadAsync(owner, first.Name, split: null, after: long.MaxValue, count: 1, cancellationToken).ConfigureAwait(false);
            var last = known.FirstOrDefault(static job => job.Plugin is not null);

            // Where another version ships now, what was learned for the one before is learned for it.
            return new StandingRule(owner, spec, wanted.Plugin, last?.Created, last is null || last.Base != model.Base ? new Dictionary<string, long>() : last.LabelCounts);
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.NotFound or ErrorCode.FailedPrecondition or ErrorCode.PermissionDenied)
        {
            return null;
        }
        catch (EdgeHostException e)
        {
            // One model that is damaged must not stop the rules of others.
            logger.LogWarning("Whether {Model} learns from the feedback of {App} could not be looked up: {Problem}", wanted.Model, owner.App, e.Message);
            return null;
        }
    }

    private JobSpec? Read(Personalisation wanted)
    {
        if (_read.TryGetValue(wanted, out var known)) return known;
        if (_read.Count >= 256) _read.Clear();
        try
        {
            return _read[wanted] = PersonalisationRules.Read(wanted.Method, wanted.Model, wanted.Spec);
        }
        catch (EdgeHostException e)
        {
            // Said once; the rest of the plugin goes on.
            logger.LogError("The plugin {Plugin} cannot learn from feedback on {Method}: {Problem}", wanted.Plugin, wanted.Method, e.Message);
            return _read[wanted] = null;
        }
    }
}
