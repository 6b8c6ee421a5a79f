using System.Runtime.CompilerServices;
using EdgeHost.Jobs.Data;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;
using EdgeHost.Learning.Examples;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs;

/// <summary>
/// The training jobs of all apps: takes them, does them in turn, fair between apps, and goes on with those that the end of the host interrupted. Thread-safe.
/// </summary>
public sealed partial class JobService : BackgroundService
{
    private readonly JobStore _store;
    private readonly JobWorker _worker;
    private readonly JobDataReader _reader;
    private readonly JobDatasets _datasets;
    private readonly ExampleStore _examples;
    private readonly ITrainedModels _models;
    private readonly IShippedModels _shipped;
    private readonly JobOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<JobService> _logger;
    private readonly JobDecisions _decisions;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private Dictionary<string, JobEntry>? _jobs;

    internal JobService(
        JobStore store,
        JobWorker worker,
        JobDataReader reader,
        JobDatasets datasets,
        ExampleStore examples,
        ITrainedModels models,
        IShippedModels shipped,
        IOptions<JobOptions> options,
        TimeProvider time,
        ILogger<JobService> logger,
        JobDecisions decisions)
    {
        (_store, _worker, _reader, _datasets, _examples, _models, _shipped, _options, _time, _logger, _decisions) = (store, worker, reader, datasets, examples, models, shipped, options.Value, time, logger, decisions);
    }

    /// <summary>Takes a job. What was answered is on the disk: it will be done, whatever happens to the host.</summary>
    /// <param name="owner">The app that it is for.</param>
    /// <param name="spec">Its specification as JSON.</param>
    /// <param name="cancellationToken">Stops; the job is then not taken.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the specification is wrong; <see cref="ErrorCode.NotFound"/>: no such dataset, or no such shipped model;
    /// <see cref="ErrorCode.FailedPrecondition"/>: of that model there can be no personal versions, or it is not on the device;
    /// <see cref="ErrorCode.ResourceExhausted"/>: too many jobs wait, or the disk is full.</exception>
    public Task<JobRecord> StartAsync(ExampleOwner owner, string spec, CancellationToken cancellationToken)
        => StartAsync(owner, spec, parent: null, plugin: null, cancellationToken);

    /// <summary>The jobs of an app, the newest first.</summary>
    public IReadOnlyList<JobRecord> List(ExampleOwner owner)
    {
        lock (_gate)
        {
            return [.. Jobs().Values.Select(static entry => entry.Record).Where(record => record.Owner == owner).OrderByDescending(static record => record.Created).ThenBy(static record => record.Id, StringComparer.Ordinal)];
        }
    }

    /// <summary>A job of an app.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such job.</exception>
    public JobRecord Get(ExampleOwner owner, string id) => Find(owner, id).Record;

    /// <summary>A job as it goes on: as it is now, then each time that it has changed, as fast as the caller takes it; ends with the job.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such job.</exception>
    public async IAsyncEnumerable<JobRecord> WatchAsync(ExampleOwner owner, string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var entry = Find(owner, id);
        while (true)
        {
            var (record, changed) = entry.Look();
            yield return record;
            if (record.HasEnded) yield break;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a job. One that has ended stays as it is.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: the app has no such job.</exception>
    public Task<JobRecord> CancelAsync(ExampleOwner owner, string id, CancellationToken cancellationToken) => CancelAsync(owner, id, "The app ended it.", cancellationToken);

    /// <summary>Ends and forgets all jobs of an app; its models stay.</summary>
    public async Task ForgetAsync(ExampleOwner owner, CancellationToken cancellationToken)
    {
        foreach (var record in List(owner))
        {
            await CancelAsync(owner, record.Id, cancellationToken).ConfigureAwait(false);
            lock (_gate) Jobs().Remove(record.Id);
            _store.Remove(record.Id);
        }
    }

    /// <summary>Ends jobs whose examples may not be read any more: the owner has taken the consent back, or the dataset is gone.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> EndForbiddenAsync(CancellationToken cancellationToken)
    {
        List<JobRecord> active;
        lock (_gate) active = [.. Jobs().Values.Select(static entry => entry.Record).Where(static record => !record.HasEnded)];
        var ended = 0;
        foreach (var record in active)
        {
            try
            {
                // Beyond the last example there is nothing to read; whether it may be read is said all the same.
                var spec = JobSpecReader.Read(record.Spec);
                if (spec.Dataset is null) continue;
                foreach (var dataset in await _datasets.FindAsync(record.Owner, spec, cancellationToken).ConfigureAwait(false))
                {
                    await _examples.ReadAsync(record.Owner, dataset.Name, split: null, after: long.MaxValue, count: 1, cancellationToken).ConfigureAwait(false);
                }
            }
            catch (EdgeHostException e) when (e.Code is ErrorCode.PermissionDenied or ErrorCode.NotFound)
            {
                await CancelAsync(record.Owner, record.Id, e.Message, cancellationToken).ConfigureAwait(false);
                ended++;
            }
            catch (EdgeHostException e)
            {
                _logger.LogWarning("Whether the job {Job} may go on could not be looked up: {Problem}", record.Id, e.Message);
            }
        }

        return ended;
    }

    private async Task<JobRecord> CancelAsync(ExampleOwner owner, string id, string why, CancellationToken cancellationToken)
    {
        var entry = Find(owner, id);
        if (entry.Record.HasEnded) return entry.Record;
        if (!entry.Cancel(why)) End(entry, JobState.Cancelled, why);
        while (true)
        {
            var (record, changed) = entry.Look();
            if (record.HasEnded) return record;
            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    private void CheckRoom(ExampleOwner owner)
    {
        List<JobRecord> active = [.. Jobs().Values.Select(static entry => entry.Record).Where(static record => !record.HasEnded)];
        var own = active.Count(record => record.Owner == owner);
        if (own >= _options.MaxAppJobs)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"The app has {own} jobs that wait or train, the most it may have ({JobOptions.SectionName}:{nameof(JobOptions.MaxAppJobs)}); wait for one, or end one with training.cancel.");
        }

        if (active.Count >= _options.QueueLimit)
        {
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{active.Count} jobs wait or train, the most there may be ({JobOptions.SectionName}:{nameof(JobOptions.QueueLimit)}); try again later.");
        }
    }

    private JobEntry Find(ExampleOwner owner, string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        lock (_gate)
        {
            return Jobs().TryGetValue(id, out var entry) && entry.Record.Owner == owner
                ? entry
                : throw new EdgeHostException(ErrorCode.NotFound, $"The app has no job '{(id.Length <= 64 ? id : $"{id[..64]}…")}'; training.list lists them.");
        }
    }

    private Dictionary<string, JobEntry> Jobs()
        => _jobs ??= _store.Load().ToDictionary(
            static record => record.Id,
            record => new JobEntry(record.HasEnded ? record : record with { State = JobState.Queued, Reason = string.Empty }, _decisions.Rested),
            StringComparer.Ordinal);
}
