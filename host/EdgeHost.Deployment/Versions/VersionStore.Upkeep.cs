using EdgeHost.Deployment.Storage;
using EdgeHost.Storage.Databases;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Deployment.Versions;

/// <content>What goes: files beyond those that are kept, old records, folders that belong to nobody.</content>
internal sealed partial class VersionStore
{
    /// <summary>One round: removes a bounded number of folders.</summary>
    /// <returns>How many went.</returns>
    public async Task<int> CleanAsync(CancellationToken cancellationToken)
    {
        if (!_database.Exists) return 0;
        var removed = await PruneAsync(scope: null, cancellationToken).ConfigureAwait(false);
        if (removed >= _options.UpkeepBatch) return removed;

        // Folders are looked at before records: one that is added meanwhile is too young to go.
        var known = (await _database.ReadAsync(
            static connection => connection.Rows("SELECT folder FROM version WHERE files = 1", static row => row.GetString(0)), cancellationToken).ConfigureAwait(false))
            .ToHashSet(StringComparer.Ordinal);
        try
        {
            return removed + Files.RemoveUnknown(known.Contains, _options.UpkeepBatch - removed);
        }
        catch (Exception e) when (StoreErrors.IsKnown(e))
        {
            throw _database.Errors.Map(e);
        }
    }

    public async Task<IReadOnlyList<ModelVersion>> ForgetAsync(VersionScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        if (scope.IsDevice) throw new ArgumentException("Versions of the device belong to no app that could be forgotten.", nameof(scope));
        if (!_database.Exists) return [];
        List<ModelVersion> gone = [];
        await ChangeAsync(
            connection =>
            {
                gone = connection.Find(model: null, scope);
                connection.Execute("DELETE FROM version WHERE app = $1 AND uid = $2", scope.App!, scope.UserId);
                connection.Execute("DELETE FROM event WHERE app = $1 AND uid = $2", scope.App!, scope.UserId);
                return gone.Count;
            },
            cancellationToken).ConfigureAwait(false);
        RemoveFiles(gone);
        return gone;
    }

    /// <summary>Removes the files of versions beyond those that are kept. The record says so first, so that a version without files is never chosen.</summary>
    private async Task<int> PruneAsync(VersionScope? scope, CancellationToken cancellationToken)
    {
        if (!_database.Exists) return 0;
        var gone = await _database.ReadAsync(connection => Superfluous(connection, scope), cancellationToken).ConfigureAwait(false);
        if (gone.Count == 0) return 0;
        await ChangeAsync(
            connection =>
            {
                // Once more, within the transaction: one of them may have been promoted meanwhile.
                gone = Superfluous(connection, scope);
                foreach (var version in gone) connection.Execute("UPDATE version SET files = 0 WHERE id = $1", version.Id);
                return gone.Count;
            },
            cancellationToken).ConfigureAwait(false);
        RemoveFiles(gone);
        return gone.Count;
    }

    private void RemoveFiles(List<ModelVersion> gone)
    {
        try
        {
            foreach (var version in gone) Files.Remove(version.Folder);
        }
        catch (Exception e) when (StoreErrors.IsKnown(e))
        {
            // No record has them any more: they go with the folders that nobody knows.
            _logger.LogWarning("Files of versions could not be removed now ({Problem}).", e.Message);
        }
    }

    private List<ModelVersion> Superfluous(StoreConnection connection, VersionScope? scope)
        =>
        [
            .. from version in connection.WithFiles()
               where scope is null || version.Scope == scope
               group version by (version.Model, version.Scope) into all
               let back = all.FirstOrDefault(static version => version.State == VersionState.Current)?.Replaced
               from version in all.Where(static version => version.State is VersionState.Stored or VersionState.Retired)
                   .OrderByDescending(version => version.Version == back).ThenByDescending(static version => version.Changed).ThenByDescending(static version => version.Id)
                   .Skip(_options.KeptVersions).Take(_options.UpkeepBatch)
               select version,
        ];

    // Lineage and history are kept for long, not for ever: whoever trains every night must not fill the disk.
    private void Trim(StoreConnection connection, ModelVersion version)
    {
        var (app, user) = (version.Scope.App ?? string.Empty, version.Scope.UserId);
        connection.Execute(
            """
            DELETE FROM version WHERE id IN (
                SELECT id FROM version WHERE model = $1 AND app = $2 AND uid = $3 AND files = 0 ORDER BY id DESC LIMIT -1 OFFSET $4)
            """,
            version.Model,
            app,
            user,
            _options.MaxRecords);
        connection.Execute(
            """
            DELETE FROM event WHERE id IN (
                SELECT id FROM event WHERE model = $1 AND app = $2 AND uid = $3 ORDER BY id DESC LIMIT -1 OFFSET $4)
            """,
            version.Model,
            app,
            user,
            _options.MaxHistory);
    }
}
