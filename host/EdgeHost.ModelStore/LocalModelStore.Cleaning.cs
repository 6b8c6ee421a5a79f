namespace EdgeHost.ModelStore;

/// <content>Removing and pruning.</content>
public sealed partial class LocalModelStore
{
    /// <summary>
    /// Removes a pulled model and every blob that no other model uses. A session that has a file mapped keeps its bytes until it ends.
    /// </summary>
    /// <param name="model"><c>id</c> for all its versions, or <c>id@version</c>.</param>
    /// <param name="cancellationToken">Stops before anything is removed.</param>
    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.FailedPrecondition"/>: it is not on this device; <see cref="ErrorCode.Aborted"/>: a
    /// pull is running.
    /// </exception>
    public async Task<CleaningResult> RemoveAsync(string model, CancellationToken cancellationToken)
    {
        var reference = ModelReference.Parse(model);
        _ = SelectInstalled(reference);
        using var cleaning = await _locks.EnterCleaningAsync(cancellationToken).ConfigureAwait(false);
        var records = SelectInstalled(reference);
        foreach (var record in records)
        {
            _records.Delete(record);
        }

        var candidates = records.SelectMany(record => record.Files).Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        var (blobs, bytes) = DeleteUnused(candidates.Contains);
        return new CleaningResult([.. records.Select(record => record.Manifest.Name)], blobs, bytes);
    }

    /// <summary>Deletes every blob that no pulled model uses and what interrupted pulls left.</summary>
    /// <param name="cancellationToken">Stops before anything is deleted.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Aborted"/>: a pull is running.</exception>
    public async Task<CleaningResult> PruneAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(_blobs.Folder)) return new CleaningResult([], 0, 0);
        _locks.Create();
        using var cleaning = await _locks.EnterCleaningAsync(cancellationToken).ConfigureAwait(false);
        var (blobs, bytes) = DeleteUnused(static _ => true);
        foreach (var partial in _blobs.EnumeratePartials().ToList())
        {
            bytes += partial.Length;
            partial.Delete();
        }

        if (Directory.Exists(_packages.Folder))
        {
            bytes += new DirectoryInfo(_packages.Folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
            Directory.Delete(_packages.Folder, recursive: true);
        }

        return new CleaningResult([], blobs, bytes);
    }

    private (int Blobs, long Bytes) DeleteUnused(Func<string, bool> isCandidate)
    {
        var used = _records.All().SelectMany(record => record.Files).Select(file => file.Sha256).ToHashSet(StringComparer.Ordinal);
        var count = 0;
        long bytes = 0;
        foreach (var (sha256, length) in _blobs.Enumerate().Where(blob => !used.Contains(blob.Sha256) && isCandidate(blob.Sha256)).ToList())
        {
            File.Delete(_blobs.PathOf(sha256));
            _verifier.Forget(sha256);
            count++;
            bytes += length;
        }

        return (count, bytes);
    }
}
