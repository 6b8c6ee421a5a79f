using EdgeHost.ModelStore.Addresses;

namespace EdgeHost.ModelStore;

/// <content>Removing and pruning.</content>
public sealed partial class LocalModelStore
{
    /// <summary>
    /// Removes a pulled model, the models that only came because it requires them, and every blob that no other model uses. A model that another one
    /// requires is removed too when it is named here; pulling the other again brings it back. A session that has a file mapped keeps its bytes until
    /// it ends.
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
        var records = WithUnneeded(reference);
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

        bytes += AddressFolder.DeleteAbandoned(_options.HomeFolder, _time.GetUtcNow());
        return new CleaningResult([], blobs, bytes);
    }

    // What is named, and what came along with it and is not needed by any that stays. Those that require each other in a circle go together.
    private List<InstalledModel> WithUnneeded(ModelReference reference)
    {
        // Read once: records are compared as objects here.
        var all = _records.All();
        var named = all.Where(record => Matches(record, reference)).ToList();
        if (named.Count == 0) throw NotPulled(reference);
        var along = Closure(named, all).Where(record => !record.IsRequested && !named.Contains(record)).ToList();
        var staying = all.Where(record => !named.Contains(record) && !along.Contains(record)).ToList();
        var needed = Closure(staying, all);
        return [.. named, .. along.Where(record => !needed.Contains(record))];
    }

    private static HashSet<InstalledModel> Closure(IEnumerable<InstalledModel> roots, IReadOnlyList<InstalledModel> all)
    {
        var found = new HashSet<InstalledModel>(roots);
        var open = new Queue<InstalledModel>(found);
        while (open.TryDequeue(out var next))
        {
            foreach (var required in next.Manifest.Requires.Select(ModelReference.Parse))
            {
                foreach (var record in all.Where(record => Matches(record, required)))
                {
                    if (found.Add(record)) open.Enqueue(record);
                }
            }
        }

        return found;
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
