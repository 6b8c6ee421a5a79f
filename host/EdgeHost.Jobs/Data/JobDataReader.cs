using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using Microsoft.Extensions.Options;

namespace EdgeHost.Jobs.Data;

/// <summary>Reads what a job learns from: a dataset of its app, or the examples in its specification. Thread-safe.</summary>
internal sealed class JobDataReader(
    ExampleStore examples, PreparedExamples prepared, IOptions<JobOptions> options, IPictureDecoder? decoder = null, IJobFeaturisers? featurisers = null)
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
    /// <param name="rest">Waits while it has to rest; asked now and then.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="EdgeHostException">Nothing can be learned from it, it needs more memory than is allowed, or the store fails.</exception>
    public async Task<JobData> ReadAsync(ExampleOwner owner, JobSpec spec, long? last, IReadOnlyList<string> labelsBefore, Func<CancellationToken, ValueTask> rest, CancellationToken cancellationToken)
    {
        if (spec.Dataset is null) return InlineReader.Read(spec, labelsBefore);
        var (info, preprocessor) = await FindAsync(owner, spec, cancellationToken).ConfigureAwait(false);
        var builder = new DataBuilder(spec, labelsBefore);
        var after = 0L;
        while (true)
        {
            await rest(cancellationToken).ConfigureAwait(false);
            var page = await examples.ReadAsync(owner, spec.Dataset, split: null, after, Page, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<StoredExample> wanted = last is { } end ? [.. page.Where(example => example.Id <= end)] : page;
            var vectors = await prepared.PrepareAsync(wanted, preprocessor, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < wanted.Count; i++) builder.Add($"example {wanted[i].Id} of '{spec.Dataset}'", wanted[i].Split, wanted[i].Label, vectors[i]);
            if (wanted.Count > 0) after = wanted[^1].Id;
            if (builder.Bytes > options.Value.MaxMemoryBytes) throw TooLarge(spec, builder.Bytes);
            if (wanted.Count < page.Count || page.Count == 0) return builder.Build(after, info.Kind.ToString().ToLowerInvariant());
        }
    }

    private async Task<(DatasetInfo Info, Preprocessor Preprocessor)> FindAsync(ExampleOwner owner, JobSpec spec, CancellationToken cancellationToken)
    {
        var found = await examples.ListAsync(owner, spec.Dataset, cancellationToken).ConfigureAwait(false);
        if (found is not [var info]) throw new EdgeHostException(ErrorCode.NotFound, $"The app has no dataset '{spec.Dataset}'; training.datasets lists them.");
        return (info, new Preprocessor(spec.Preprocessing, info.Kind, decoder, featurisers?.Of(AppOf(owner))));
    }

    private static AppIdentity AppOf(ExampleOwner owner) => new(owner.App, owner.UserId, -1);

    private EdgeHostException TooLarge(JobSpec spec, long bytes) => new(
        ErrorCode.ResourceExhausted,
        $"The examples of '{spec.Dataset}' need more than {bytes} bytes of memory as vectors; {options.Value.MaxMemoryBytes} are allowed for a job ({JobOptions.SectionName}:{nameof(JobOptions.MaxMemoryBytes)}). Use smaller vectors or fewer examples.");
}
