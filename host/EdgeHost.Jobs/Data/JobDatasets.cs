using EdgeHost.Jobs.Personal;
using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Jobs.Data;

/// <summary>
/// The datasets that a job learns from: the one that it names, or of examples that are features those which the versions made that serve its app now. Features of other versions
/// are never mixed with them. Thread-safe.
/// </summary>
internal sealed class JobDatasets(ExampleStore examples, IShippedModels shipped)
{
    /// <summary>The datasets that are there; at least one.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: none is.</exception>
    public async Task<IReadOnlyList<DatasetInfo>> FindAsync(ExampleOwner owner, JobSpec spec, CancellationToken cancellationToken)
    {
        var found = await ListAsync(owner, spec, cancellationToken).ConfigureAwait(false);
        return found.Count > 0
            ? found
            : throw new EdgeHostException(
                ErrorCode.NotFound,
                $"The app has no dataset '{spec.Dataset}'{(spec.FeaturesOf.Count > 0 ? $" of features that {string.Join(" or ", spec.FeaturesOf)} made as they are now" : string.Empty)}; training.datasets lists them.");
    }

    /// <summary>The datasets that are there.</summary>
    public async Task<IReadOnlyList<DatasetInfo>> ListAsync(ExampleOwner owner, JobSpec spec, CancellationToken cancellationToken)
    {
        if (spec.FeaturesOf.Count == 0) return await examples.ListAsync(owner, spec.Dataset, cancellationToken).ConfigureAwait(false);
        var found = new List<DatasetInfo>();
        foreach (var model in spec.FeaturesOf.Distinct(StringComparer.Ordinal))
        {
            if (await VersionAsync(owner, model, cancellationToken).ConfigureAwait(false) is not { } version) continue;
            found.AddRange(await examples.ListAsync(owner, FeatureDatasets.NameOf(spec.Dataset!, $"{model}@{version}"), cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    // A model that is not on the device makes no features; the others do.
    private async Task<string?> VersionAsync(ExampleOwner owner, string model, CancellationToken cancellationToken)
    {
        try
        {
            return (await shipped.FindAsync(owner, model, version: null, cancellationToken).ConfigureAwait(false)).Version;
        }
        catch (EdgeHostException e) when (e.Code is ErrorCode.NotFound or ErrorCode.FailedPrecondition)
        {
            return null;
        }
    }
}
