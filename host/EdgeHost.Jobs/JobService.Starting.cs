using System.Security.Cryptography;
using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Retraining;
using EdgeHost.Jobs.Running;
using EdgeHost.Jobs.Specs;
using EdgeHost.Jobs.Storage;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs;

/// <content>Taking jobs: those that are asked for, and those that begin again by a rule.</content>
public sealed partial class JobService
{
    /// <summary>Takes a job.</summary>
    /// <param name="owner">The app that it is for.</param>
    /// <param name="spec">Its specification.</param>
    /// <param name="parent">The version whose parameters it begins with, or null; a personal version begins with what serves.</param>
    /// <param name="plugin">The plugin whose rule it is, or null.</param>
    /// <param name="cancellationToken">Stops; the job is then not taken.</param>
    internal async Task<JobRecord> StartAsync(ExampleOwner owner, string spec, string? parent, string? plugin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        if (spec.Length > _options.MaxSpecLength)
        {
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The specification has {spec.Length} characters; {_options.MaxSpecLength} are allowed. Put large data into a dataset.");
        }

        var read = JobSpecReader.Read(spec);
        JobMemory.Check(read, dataBytes: 0, _options.MaxMemoryBytes, $"{JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}");
        await _reader.CheckAsync(owner, read, cancellationToken).ConfigureAwait(false);
        var shipped = read.IsPersonal ? await CheckShippedAsync(owner, read, cancellationToken).ConfigureAwait(false) : null;
        var record = new JobRecord
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(JobStore.IdLength / 2)),
            App = owner.App,
            UserId = owner.UserId,
            Model = read.Model,
            IsPersonal = read.IsPersonal,
            Plugin = plugin,
            Base = shipped?.Base,
            Spec = spec,
            Created = _time.GetUtcNow(),
            Parent = shipped?.Version ?? parent,
            HasRule = read.Retrain is not null,
            LabelCounts = read.Retrain is null ? new Dictionary<string, long>() : await CountLabelsAsync(owner, read, cancellationToken).ConfigureAwait(false),
        };
        Take(record);
        _wake.Release();
        return record;
    }

    /// <summary>The newest job of each model that an app has given a rule to train again, and no job that waits or runs.</summary>
    internal IReadOnlyList<JobRecord> FindStanding()
    {
        lock (_gate)
        {
            return
            [
                .. Jobs().Values.Select(static entry => entry.Record).GroupBy(static record => (record.Owner, record.Model, record.IsPersonal))
                    .Where(static group => group.All(static record => record.HasEnded))
                    .Select(static group => group.Where(static record => record.Plugin is null).MaxBy(static record => record.Created))
                    .OfType<JobRecord>().Where(static record => record.State != JobState.Cancelled && record.HasRule),
            ];
        }
    }

    /// <summary>The jobs that make personal versions of a model for an app, the newest first.</summary>
    internal IReadOnlyList<JobRecord> FindPersonal(ExampleOwner owner, string model) => [.. List(owner).Where(record => record.IsPersonal && record.Model == model)];

    /// <summary>The labels of what a job learns from with their numbers, in a form that is bounded.</summary>
    internal async Task<IReadOnlyDictionary<string, long>> CountLabelsAsync(ExampleOwner owner, JobSpec spec, CancellationToken cancellationToken)
    {
        var counts = new LabelBuckets();
        foreach (var dataset in await _datasets.ListAsync(owner, spec, cancellationToken).ConfigureAwait(false))
        {
            counts.Add(await _examples.CountLabelsAsync(owner, dataset.Name, cancellationToken).ConfigureAwait(false));
        }

        return counts.Counts;
    }

    /// <summary>The version of an app's own model that serves; null for none.</summary>
    internal async Task<string?> ServingVersionAsync(ExampleOwner owner, string model, CancellationToken cancellationToken)
        => (await _models.FindAsync(owner, model, version: null, cancellationToken).ConfigureAwait(false))?.Version;

    private async Task<ShippedModel> CheckShippedAsync(ExampleOwner owner, JobSpec spec, CancellationToken cancellationToken)
    {
        var shipped = await _shipped.FindAsync(owner, spec.Model, version: null, cancellationToken).ConfigureAwait(false);
        PersonalBase.Read(spec, shipped, _options.MaxMemoryBytes);
        return shipped;
    }

    private void Take(JobRecord record)
    {
        List<JobRecord> forgotten;
        lock (_gate)
        {
            var jobs = Jobs();
            CheckRoom(record.Owner);
            _store.Write(record);
            jobs.Add(record.Id, new JobEntry(record, _decisions.Rested));
            forgotten =
            [
                .. jobs.Values.Select(static entry => entry.Record).Where(known => known.Owner == record.Owner && known.HasEnded)
                    .OrderByDescending(static known => known.Created).Skip(_options.KeptAppJobs),
            ];
            foreach (var old in forgotten) jobs.Remove(old.Id);
        }

        foreach (var old in forgotten) _store.Remove(old.Id);
    }
}
