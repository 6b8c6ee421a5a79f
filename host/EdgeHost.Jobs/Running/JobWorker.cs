using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Work;
using EdgeHost.Training.Specs;
using EdgeHost.Training.Steps;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Running;

/// <summary>Does a job from its specification to its model, or goes on with it. Thread-safe.</summary>
internal sealed class JobWorker(
    JobStore store,
    JobDataReader reader,
    SearchRun search,
    TrialRunner trials,
    ITrainedModelSink sink,
    ITrainedModels models,
    IStepScheduler scheduler,
    IDeviceDirectory devices,
    IMachineConditions conditions,
    IOptions<JobOptions> options,
    TimeProvider time,
    IMemoryReservations? memory = null,
    IJobAccounts? accounts = null)
{
    /// <summary>Does a job.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; it can be gone on with.</exception>
    /// <exception cref="EdgeHostException">It came to nothing; says why.</exception>
    public async Task RunAsync(JobEntry entry, CancellationToken stop)
    {
        var spec = JobSpecReader.Read(entry.Record.Spec);
        var app = new AppIdentity(entry.Record.App, entry.Record.UserId, -1);
        var gate = new PauseGate(entry, app, conditions, accounts, time);
        using var watch = gate.OnChange(gate.Tell);
        await gate.WaitAsync(stop).ConfigureAwait(false);
        var parent = entry.Record.Parent is { } version ? await models.FindAsync(entry.Record.Owner, spec.Model, version, stop).ConfigureAwait(false) : null;
        var data = await ReadAsync(entry, spec, parent?.Card.Labels ?? [], gate, stop).ConfigureAwait(false);
        JobMemory.Check(spec, data.Bytes, options.Value.MaxMemoryBytes, $"{JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}");
        if (memory is not null) JobMemory.Check(spec, data.Bytes, memory.CapacityBytes, "Runtime:Pool:BudgetBytes");

        // The first look at the devices opens the engine's environment, which must be there before any training graph.
        var processor = devices.Devices.First(static device => device.Kind == DeviceKind.Cpu);
        var request = new WorkRequest { Device = processor, Name = $"training of {app.Name}", App = app, Account = accounts?.AccountOf(app), Work = static _ => { } };
        using var limit = new CancellationTokenSource();
        var used = TimeSpan.FromSeconds(entry.Record.Seconds);
        var most = spec.TimeLimit is { } given && given < options.Value.TimeLimit ? given : options.Value.TimeLimit;
        var runner = new ScheduledStepRunner(scheduler, gate, request, options.Value.Slice, used, most, limit.Cancel, time);
        var job = new JobContext(entry, spec, data, parent, gate, runner, limit, store);
        try
        {
            var (plan, result) = await search.RunAsync(job, stop).ConfigureAwait(false);
            await FinishAsync(job, plan, result, stop).ConfigureAwait(false);
        }
        finally
        {
            entry.Update(now => now with { Seconds = runner.Used.TotalSeconds });
        }
    }

    private async Task<JobData> ReadAsync(JobEntry entry, JobSpec spec, IReadOnlyList<string> labelsBefore, PauseGate gate, CancellationToken stop)
    {
        var record = entry.Record;
        var data = await reader.ReadAsync(record.Owner, spec, record.LastExample, labelsBefore, gate.WaitAsync, stop).ConfigureAwait(false);
        if (record.DataHash is { } hash && hash != data.Hash)
        {
            // Examples were deleted or got other labels: what was trained on the old ones is of no use.
            store.RemoveCheckpoints(record.Id);
            data = await reader.ReadAsync(record.Owner, spec, last: null, labelsBefore, gate.WaitAsync, stop).ConfigureAwait(false);
            entry.Update(static now => now with { Tried = [], Curve = [], Step = 0, Warnings = [.. now.Warnings, "The examples changed while the job was interrupted; it began anew."] });
        }

        store.Write(entry.Update(now => now with
        {
            LastExample = data.LastExample,
            DataHash = data.Hash,
            Warnings = [.. now.Warnings, .. data.Warnings.Where(warning => !now.Warnings.Contains(warning))],
        }));
        return data;
    }

    // On the same examples, and without training: what the parent's parameters give in the same network.
    private async Task<double?> MeasureParentAsync(JobContext job, TrialPlan plan, DataPart part, CancellationToken stop)
    {
        if (job.Parent is not { } parent || part.Classes.Length == 0) return null;
        TrainingStep? step = null;
        try
        {
            await job.Runner.RunThroughAsync(() => step = new TrainingStep(NetworkSpec.ToNetwork(plan.Spec.Network), plan.Spec.Optimiser, new StepOptions { BatchSize = plan.Spec.Batch, Seed = plan.Seed }), stop).ConfigureAwait(false);
            return WarmStart.TryCopy(parent, job.Data.Labels, step!) ? (await trials.EvaluateAsync(job, plan, step!, part, stop).ConfigureAwait(false)).Score?.Accuracy : null;
        }
        finally
        {
            step?.Dispose();
        }
    }

    private async Task FinishAsync(JobContext job, TrialPlan plan, TrialRecord result, CancellationToken stop)
    {
        using var trained = await trials.OpenAsync(job, plan, stop).ConfigureAwait(false);
        var part = job.Data.Test ?? job.Data.Train;
        var (loss, score) = await trials.EvaluateAsync(job, plan, trained.Step, part, stop).ConfigureAwait(false);
        var before = await MeasureParentAsync(job, plan, part, stop).ConfigureAwait(false);
        var metrics = new JobMetrics(part.Count, job.Data.Test is not null, loss, score!.Accuracy, score.MeanAbsoluteError, score.Confusion, before);
        var folder = Path.Combine(store.FolderOf(job.Entry.Record.Id), "model");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        try
        {
            ModelFiles.Write(folder, job, plan, trained.Step, metrics);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The trained model could not be written: {e.Message}", e);
        }

        var lineage = Lineage.ToJson(job, plan, result, metrics, time.GetUtcNow());
        var version = await sink.AddAsync(new TrainedModel(job.Entry.Record.Owner, job.Spec.Model, folder, job.Entry.Record.Id, lineage, job.Spec.Deploy), stop).ConfigureAwait(false);
        job.Entry.Update(now => now with { Version = version, Metrics = metrics });
    }
}
