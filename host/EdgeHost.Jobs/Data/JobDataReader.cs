using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Data;

/// <summary>Reads what a job learns from: a dataset of its app, or the examples in its specification. Thread-safe.</summary>
internal sealed class JobDataReader(
    ExampleStore examples, JobDatasets datasets, PreparedExamples prepared, IOptions<JobOptions> options, IPictureDecoder? decoder = null, IJobFeaturisers? featurisers = null)
{
    private const int Page = 200;

    /// <summary>Checks what can be checked without reading examples: the dataset is there, and its kind fits the preprocessing.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such dataset; or as for <see cref="Preprocessor"/> and <see cref="IJobFeaturisers.CheckAsync"/>.</exception>
    public async Task CheckAsync(ExampleOwner owner, JobSpec spec, CancellationToken cancellationToken)
    {
        if (spec.Dataset is null) InlineReader.Read(spec, []);
        else await FindAsync(owner, spec, cancellationToken).ConfigureAwait(false);
        if (featurisers is null) return;
        foreach (var step in spec.Preprocessing.Steps.Where(static step => step.Kind == PreprocessingStepKind.Featurise))
        {
            await featurisers.CheckAsync(AppOf(owner), step.Model!, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the data.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="spec">The job.</param>
    /// <param name="last">The last example that belongs to it; null for all there are.</param>
    /// <param name="labelsBefore">The labels of the model before, which keep their places.</param>
    /// <param name="shipped">The shipped model that it makes a personal version of, or null.</param>
    /// <param name="rest">Waits while it has to rest; asked now and then.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EdgeHostException">Nothing can be learned from it, it needs more memory than is allowed, or the store fails.</exception>
    public async Task<JobData> ReadAsync(ExampleOwner owner, JobSpec spec, long? last, IReadOnlyList<string> labelsBefore, PersonalBase? shipped, Func<CancellationToken, ValueTask> rest, CancellationToken cancellationToken)
    {
        if (spec.Dataset is null) return InlineReader.Read(spec, labelsBefore);
        var sets = await FindAsync(owner, spec, cancellationToken).ConfigureAwait(false);
        var builder = new DataBuilder(spec, labelsBefore, shipped);
        var end = 0L;
        foreach (var (info, preprocessor) in sets) end = Math.Max(end, await ReadAsync(owner, spec, info.Name, preprocessor, last, builder, rest, cancellationToken).ConfigureAwait(false));
        return builder.Build(end, sets[0].Info.Kind.ToString().ToLowerInvariant());
    }

    private async Task<long> ReadAsync(
        ExampleOwner owner, JobSpec spec, string dataset, Preprocessor preprocessor, long? last, DataBuilder builder, Func<CancellationToken, ValueTask> rest, CancellationToken cancellationToken)
    {
        var after = 0L;
        while (true)
        {
            await rest(cancellationToken).ConfigureAwait(false);
            var page = await examples.ReadAsync(owner, dataset, split: null, after, Page, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<StoredExample> wanted = last is { } end ? [.. page.Where(example => example.Id <= end)] : page;
            var vectors = await prepared.PrepareAsync(wanted, preprocessor, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < wanted.Count; i++) builder.Add($"example {wanted[i].Id} of '{dataset}'", wanted[i].Split, wanted[i].Label, vectors[i]);
            if (wanted.Count > 0) after = wanted[^1].Id;
            if (builder.Bytes > options.Value.MaxMemoryBytes) throw TooLarge(spec, builder.Bytes);
            if (wanted.Count < page.Count || page.Count == 0) return after;
        }
    }

    private async Task<IReadOnlyList<(DatasetInfo Info, Preprocessor Preprocessor)>> FindAsync(ExampleOwner owner, JobSpec spec, CancellationToken cancellationToken)
    {
        var found = await datasets.FindAsync(owner, spec, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(info => (info, new Preprocessor(spec.Preprocessing, info.Kind, decoder, featurisers?.Of(AppOf(owner)))))];
    }

    private static AppIdentity AppOf(ExampleOwner owner) => new(owner.App, owner.UserId, -1);

    private EdgeHostException TooLarge(JobSpec spec, long bytes) => new(
        ErrorCode.ResourceExhausted,
        $"The examples of '{spec.Dataset}' need more than {bytes} bytes of memory as vectors; {options.Value.MaxMemoryBytes} are allowed for a job ({JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}). Use smaller vectors or fewer examples.");
}
