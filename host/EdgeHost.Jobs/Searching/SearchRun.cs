using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Storage;

namespace EdgeHost.Jobs.Searching;

/// <summary>
/// Does all runs of a job, one after the other, and gives the best: over seeds, over a grid, or by successive halving. Runs that have ended are on the disk and
/// are not done again. The same seed gives the same runs and the same choice, unless time ends first. Thread-safe.
/// </summary>
internal sealed class SearchRun(TrialRunner runner)
{
    /// <summary>Does the runs.</summary>
    /// <returns>The best one's plan; its checkpoint holds its parameters.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: every run diverged.</exception>
    public async Task<(TrialPlan Plan, TrialRecord Result)> RunAsync(JobContext job, CancellationToken stop)
    {
        var combinations = Combinations.Of(job.Spec);
        var results = job.Spec.Search?.Kind == Specs.SearchKind.SuccessiveHalving
            ? await HalveAsync(job, combinations, stop).ConfigureAwait(false)
            : await TryAllAsync(job, combinations, stop).ConfigureAwait(false);
        var best = results.OrderBy(static result => result.Record.Score).ThenBy(static result => result.Record.Number).ThenBy(static result => result.Record.Seed).First();
        if (best.Record.Problem is { } problem) throw new EdgeHostException(ErrorCode.FailedPrecondition, problem);
        return (best.Plan with { Steps = best.Record.Steps }, best.Record);
    }

    private async Task<List<(TrialPlan Plan, TrialRecord Record)>> TryAllAsync(JobContext job, IReadOnlyList<(string Settings, Specs.JobSpec Spec)> combinations, CancellationToken stop)
    {
        job.Entry.Update(now => now with { Trials = combinations.Count });
        var results = new List<(TrialPlan, TrialRecord)>();
        for (var number = 0; number < combinations.Count; number++)
        {
            var (settings, spec) = combinations[number];
            for (var restart = 0; restart < spec.Restarts; restart++)
            {
                if (results.Count > 0 && IsTimeUp(job, results.Count, combinations.Count)) return results;
                var plan = new TrialPlan(number, Round: 0, settings, spec.Seed + (ulong)restart, spec.StepsOn(job.Data.Train.Count), spec);
                var record = await DoAsync(job, plan, stop).ConfigureAwait(false);
                results.Add((plan, record));
                if (record.Score <= spec.GoodLoss) break;
            }
        }

        return results;
    }

    private async Task<List<(TrialPlan Plan, TrialRecord Record)>> HalveAsync(JobContext job, IReadOnlyList<(string Settings, Specs.JobSpec Spec)> combinations, CancellationToken stop)
    {
        var eta = job.Spec.Search!.Eta;
        var rounds = 0;
        for (var left = combinations.Count; left > 1; left = (left + eta - 1) / eta) rounds++;
        List<int> alive = [.. Enumerable.Range(0, combinations.Count)];
        var last = new List<(TrialPlan Plan, TrialRecord Record)>();
        job.Entry.Update(now => now with { Trials = combinations.Count });
        for (var round = 0; round <= rounds; round++)
        {
            var results = new List<(TrialPlan Plan, TrialRecord Record)>();
            foreach (var number in alive)
            {
                if (last.Count + results.Count > 0 && IsTimeUp(job, results.Count, alive.Count)) return results.Count > 0 ? results : last;
                var (settings, spec) = combinations[number];
                var share = Math.Pow(eta, round - rounds);
                var steps = Math.Max(1, (long)Math.Round(spec.StepsOn(job.Data.Train.Count) * share));
                var plan = new TrialPlan(number, round, settings, spec.Seed, steps, spec);
                results.Add((plan, await DoAsync(job, plan, stop).ConfigureAwait(false)));
            }

            alive =
            [
                .. results.OrderBy(static result => result.Record.Score).ThenBy(static result => result.Record.Number)
                    .Take((alive.Count + eta - 1) / eta).Select(static result => result.Record.Number).Order(),
            ];
            last = results;
        }

        return last;
    }

    private async Task<TrialRecord> DoAsync(JobContext job, TrialPlan plan, CancellationToken stop)
    {
        var known = job.Entry.Record.Tried.FirstOrDefault(tried => tried.Number == plan.Number && tried.Round == plan.Round && tried.Seed == plan.Seed);
        if (known is not null) return known;
        var record = await runner.RunAsync(job, plan, stop).ConfigureAwait(false);
        job.Entry.Update(now => now with { Tried = [.. now.Tried, record], Step = record.Steps });
        job.Save();
        return record;
    }

    private static bool IsTimeUp(JobContext job, int done, int all)
    {
        var isOver = job.IsOverTime || (job.Spec.Search?.TimeBudget is { } budget && job.Runner.Used >= budget);
        if (isOver) job.Warn($"The time for the search was used up after {done} of {all} runs; the best of those is taken.");
        return isOver;
    }
}
