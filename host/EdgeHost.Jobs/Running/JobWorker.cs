using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Searching;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;
using EdgeHost.Runtime.Conditions;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Scheduling;
using EdgeHost.Runtime.Scheduling.Work;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Running;

/// <summary>Does a job from its specification to its model, or goes on with it. Thread-safe.</summary>
internal sealed class JobWorker(
    JobStore store,
    JobDataReader reader,
    SearchRun search,
    TrialRunner trials,
    ModelMeter meter,
    ITrainedModelSink sink,
    ITrainedModels models,
    IShippedModels shippedModels,
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
        var shipped = spec.IsPersonal ? await ReadShippedAsync(entry.Record, spec, stop).ConfigureAwait(false) : null;
        var parent = shipped is not null ? StartingPoint.Of(shipped) : await FindParentAsync(entry.Record, spec, stop).ConfigureAwait(false);
        var data = await ReadAsync(entry, spec, parent?.Labels ?? [], shipped, gate, stop).ConfigureAwait(false);
        JobMemory.Check(spec, data.Bytes, options.Value.MaxMemoryBytes, $"{JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}");
        if (memory is not null) JobMemory.Check(spec, data.Bytes, memory.CapacityBytes, "Runtime:Pool:BudgetBytes");

        // The first look at the devices opens the engine's environment, which must be there before any training graph.
        var processor = devices.Devices.First(static device => device.Kind == DeviceKind.Cpu);
        var request = new WorkRequest { Device = processor, Name = $"training of {app.Name}", App = app, Account = accounts?.AccountOf(app), Work = static _ => { } };
        using var limit = new CancellationTokenSource();
        var used = TimeSpan.FromSeconds(entry.Record.Seconds);
        var most = spec.TimeLimit is { } given && given < options.Value.TimeLimit ? given : options.Value.TimeLimit;
        var runner = new ScheduledStepRunner(scheduler, gate, request, options.Value.Slice, used, most, limit.Cancel, time);
        var job = new JobContext(entry, spec, data, parent, shipped, gate, runner, limit, store);
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

    private async Task<StartingPoint?> FindParentAsync(JobRecord record, JobSpec spec, CancellationToken stop)
        => record.Parent is { } version ? StartingPoint.Of(await models.FindAsync(record.Owner, spec.Model, version, stop).ConfigureAwait(false)) : null;

    private async Task<PersonalBase> ReadShippedAsync(JobRecord record, JobSpec spec, CancellationToken stop)
    {
        var model = await shippedModels.FindAsync(record.Owner, spec.Model, record.Parent, stop).ConfigureAwait(false);
        return PersonalBase.Read(spec, model, options.Value.MaxMemoryBytes);
    }

    private async Task<JobData> ReadAsync(JobEntry entry, JobSpec spec, IReadOnlyList<string> labelsBefore, PersonalBase? shipped, PauseGate gate, CancellationToken stop)
    {
        var record = entry.Record;
        var data = await reader.ReadAsync(record.Owner, spec, record.LastExample, labelsBefore, shipped, gate.WaitAsync, stop).ConfigureAwait(false);
        if (record.DataHash is { } hash && hash != data.Hash)
        {
            // Examples were deleted or got other labels: what was trained on the old ones is of no use.
            store.RemoveCheckpoints(record.Id);
            data = await reader.ReadAsync(record.Owner, spec, last: null, labelsBefore, shipped, gate.WaitAsync, stop).ConfigureAwait(false);
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

    private async Task FinishAsync(JobContext job, TrialPlan plan, TrialRecord result, CancellationToken stop)
    {
        using var trained = await trials.OpenAsync(job, plan, stop).ConfigureAwait(false);
        var metrics = await meter.MeasureAsync(job, plan, trained, stop).ConfigureAwait(false);
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
        var deploy = job.Base is null ? job.Spec.Deploy : PersonalGate.Judge(job.Spec, metrics, job.Warn);
        var model = new TrainedModel(job.Entry.Record.Owner, job.Spec.Model, folder, job.Entry.Record.Id, lineage, deploy) { Base = job.Base?.Model.Base };
        var version = await sink.AddAsync(model, stop).ConfigureAwait(false);
        job.Entry.Update(now => now with { Version = version, Metrics = metrics });
    }
}
