using EdgeHost.Learning.Storage;
using EdgeHost.Storage.Databases;

namespace EdgeHost.Learning.Examples;

/// <content>Deleting on request, and what upkeep removes.</content>
public sealed partial class ExampleStore
{
    /// <summary>
    /// Deletes examples of an app with their files: everything, one dataset, or what is for one purpose. With everything the calls go that feedback can be
    /// given on. Deleting a lot takes several transactions, between which others may record.
    /// </summary>
    /// <param name="owner">Whose.</param>
    /// <param name="dataset">One dataset, or null for all.</param>
    /// <param name="purpose">What is for one purpose, or null for all.</param>
    /// <param name="cancellationToken">Stops; what was deleted by then is gone.</param>
    /// <exception cref="EdgeHostException">The store fails.</exception>
    public async Task<DeletionResult> DeleteAsync(ExampleOwner owner, string? dataset = null, string? purpose = null, CancellationToken cancellationToken = default)
    {
        if (!_database.Exists) return new DeletionResult(0, [], 0);
        var (examples, calls) = (0L, 0L);
        List<string>? names = null;
        while (names is null)
        {
            var (removed, ended) = await _database.WriteAsync(connection => DeleteSome(connection, owner, dataset, purpose), cancellationToken).ConfigureAwait(false);
            examples += removed;
            names = ended;
        }

        if (dataset is null && purpose is null)
        {
            calls = await _database.WriteAsync(
                connection => connection.Execute("DELETE FROM call WHERE owner = (SELECT id FROM owner WHERE app = $1 AND uid = $2)", owner.App, owner.UserId),
                cancellationToken).ConfigureAwait(false);
        }

        await RemoveUnusedFilesAsync(cancellationToken).ConfigureAwait(false);
        await _database.CheckpointAsync(cancellationToken).ConfigureAwait(false);
        return new DeletionResult(examples, names, calls);
    }

    /// <summary>Removes examples that have been kept for long enough.</summary>
    /// <returns>How many.</returns>
    internal async Task<long> ExpireAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var most = (long)_options.Retention.TotalMilliseconds;
        var datasets = await _database.ReadAsync(
            connection => connection.Rows(
                """
                SELECT d.id, $1 - min(coalesce(d.retention, $2), $2) FROM dataset d
                WHERE EXISTS (SELECT 1 FROM example e WHERE e.dataset = d.id AND e.recorded <= $1 - min(coalesce(d.retention, $2), $2))
                """,
                static row => (Id: row.GetInt64(0), Until: row.GetInt64(1)),
                now, most),
            cancellationToken).ConfigureAwait(false);
        var total = 0L;
        foreach (var (id, until) in datasets)
        {
            int removed;
            do
            {
                removed = await _database.WriteAsync(
                    connection => connection.Execute(
                        "DELETE FROM example WHERE id IN (SELECT id FROM example WHERE dataset = $1 AND recorded <= $2 LIMIT $3)", id, until, (long)_options.UpkeepBatch),
                    cancellationToken).ConfigureAwait(false);
                total += removed;
            }
            while (removed == _options.UpkeepBatch);
        }

        return total;
    }

    /// <summary>Removes the files of contents that no example has any more.</summary>
    internal async Task RemoveUnusedFilesAsync(CancellationToken cancellationToken)
    {
        int removed;
        do
        {
            removed = await _database.WriteAsync(RemoveSomeFiles, cancellationToken).ConfigureAwait(false);
        }
        while (removed == _options.UpkeepBatch);
    }

    /// <summary>Removes files of recordings that a crash ended before they were accepted.</summary>
    /// <returns>How many.</returns>
    internal async Task<int> RemoveUnknownFilesAsync(CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var folder in _database.Blobs.Folders())
        {
            removed += await _database.WriteAsync(
                connection => BlobFolder.RemoveUnknown(
                    folder, (owner, hash) => connection.Scalar<long?>("SELECT id FROM blob WHERE owner = $1 AND hash = $2", owner, hash) is not null),
                cancellationToken).ConfigureAwait(false);
        }

        return removed;
    }

    private (long Removed, List<string>? Ended) DeleteSome(StoreConnection connection, ExampleOwner owner, string? dataset, string? purpose)
    {
        if (OwnerTable.Find(connection, owner) is not { } id) return (0, []);
        const string Which = "owner = $1 AND ($2 IS NULL OR name = $2) AND ($3 IS NULL OR purpose = $3)";
        var removed = connection.Execute(
            $"DELETE FROM example WHERE id IN (SELECT id FROM example WHERE dataset IN (SELECT id FROM dataset WHERE {Which}) LIMIT $4)",
            id, dataset, purpose, (long)_options.UpkeepBatch);
        return removed == _options.UpkeepBatch
            ? (removed, null)
            : (removed, connection.Rows($"DELETE FROM dataset WHERE {Which} RETURNING name", static row => row.GetString(0), id, dataset, purpose));
    }

    // Under the write lock from the look at the row to the end of the file: nobody takes the content up again in between.
    private int RemoveSomeFiles(StoreConnection connection)
    {
        var unused = connection.Rows(
            "SELECT id, owner, hash FROM blob WHERE refs = 0 LIMIT $1",
            static row => (Id: row.GetInt64(0), Owner: row.GetInt64(1), Hash: row.GetBytes(2)),
            (long)_options.UpkeepBatch);
        foreach (var (id, owner, hash) in unused)
        {
            _database.Blobs.Remove(owner, hash);
            connection.Execute("DELETE FROM blob WHERE id = $1", id);
        }

        foreach (var owner in unused.Select(static blob => blob.Owner).Distinct()) _database.Blobs.RemoveEmpty(owner);
        OwnerTable.RemoveUnused(connection);
        return unused.Count;
    }
}
