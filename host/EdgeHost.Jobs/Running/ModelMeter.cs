using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Storage;
using EdgeHost.Training.Specs;
using EdgeHost.Training.Steps;

namespace EdgeHost.Jobs.Running;

/// <summary>Measures what a job has trained, once, and what it went on from on the same examples. Thread-safe.</summary>
internal sealed class ModelMeter(TrialRunner trials)
{
    public async Task<JobMetrics> MeasureAsync(JobContext job, TrialPlan plan, TrainedNetwork trained, CancellationToken stop)
    {
        var part = job.Data.Test ?? job.Data.Train;
        var (loss, score) = await trials.EvaluateAsync(job, plan, trained.Step, part, stop).ConfigureAwait(false);
        using var parent = await OpenAsync(job, plan, job.Parent, stop).ConfigureAwait(false);
        var metrics = new JobMetrics(
            part.Count, job.Data.Test is not null, loss, score!.Accuracy, score.MeanAbsoluteError, score.Confusion, await AccuracyAsync(job, plan, parent, part, stop).ConfigureAwait(false));
        if (job.Base is not { } shipped) return metrics;
        using var before = await OpenAsync(job, plan, StartingPoint.OfShipped(shipped), stop).ConfigureAwait(false);
        return metrics with
        {
            Labels = job.Data.Labels,
            Own = await PartAsync(job.Data.OwnTest).ConfigureAwait(false),
            Replay = await PartAsync(job.Data.ReplayTest).ConfigureAwait(false),
        };

        async Task<PartMetrics?> PartAsync(DataPart? of) => of is null
            ? null
            : new PartMetrics(
                of.Count,
                (await AccuracyAsync(job, plan, trained.Step, of, stop).ConfigureAwait(false))!.Value,
                await AccuracyAsync(job, plan, parent, of, stop).ConfigureAwait(false),
                await AccuracyAsync(job, plan, before, of, stop).ConfigureAwait(false));
    }

    // Without training: another version's parameters in the same network. Null where they do not fit.
    private static async Task<TrainingStep?> OpenAsync(JobContext job, TrialPlan plan, StartingPoint? version, CancellationToken stop)
    {
        if (version is null || job.Spec.Task != Specs.JobTask.Classify) return null;
        TrainingStep? step = null;
        await job.Runner.RunThroughAsync(() => step = new TrainingStep(NetworkSpec.ToNetwork(plan.Spec.Network), plan.Spec.Optimiser, new StepOptions { BatchSize = plan.Spec.Batch, Seed = plan.Seed }), stop).ConfigureAwait(false);
        if (WarmStart.TryCopy(version, job.Data.Labels, step!)) return step;
        step!.Dispose();
        return null;
    }

    private async Task<double?> AccuracyAsync(JobContext job, TrialPlan plan, TrainingStep? step, DataPart part, CancellationToken stop)
        => step is null || part.Classes.Length == 0 ? null : (await trials.EvaluateAsync(job, plan, step, part, stop).ConfigureAwait(false)).Score?.Accuracy;
}
