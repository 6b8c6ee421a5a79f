using EdgeHost.Learning.Storage;
using EdgeHost.Storage.Databases;

namespace EdgeHost.Learning.Examples;

/// <content>Reading examples for training and evaluation.</content>
public sealed partial class ExampleStore
{
    private const int MostRead = 1000;
    private const long MostReadBytes = 64L << 20;

    /// <summary>Reads examples of a dataset in the order they were recorded, a page at a time.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="split">Those for one use, or null for all.</param>
    /// <param name="after">The last example of the page before, 0 for the first page.</param>
    /// <param name="count">The most examples, 1 to 1000; fewer where they have more than 64 MiB.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <returns>The page; empty at the end.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.NotFound"/>: no such dataset; <see cref="ErrorCode.PermissionDenied"/>: the consent was revoked;
    /// <see cref="ErrorCode.DataLoss"/>: a content is missing or altered.</exception>
    public async Task<IReadOnlyList<StoredExample>> ReadAsync(
        ExampleOwner owner, string dataset, ExampleSplit? split = null, long after = 0, int count = MostRead, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostRead);
        if (!_database.Exists) throw NoDataset(dataset);
        return await _database.ReadAsync(connection => Read(connection, owner, dataset, split, after, count), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>How many examples of a dataset have which label: all labels, however many there are.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="dataset">The dataset; one that is not there has none.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<IReadOnlyList<LabelCount>> CountLabelsAsync(ExampleOwner owner, string dataset, CancellationToken cancellationToken = default)
        => _database.Exists
            ? await _database.ReadAsync(
                connection => connection.Rows(
                    """
                    SELECT e.label, count(*) FROM example e JOIN dataset d ON d.id = e.dataset JOIN owner o ON o.id = d.owner
                    WHERE o.app = $1 AND o.uid = $2 AND d.name = $3 AND e.label IS NOT NULL GROUP BY e.label
                    """,
                    static row => new LabelCount(row.GetString(0), row.GetInt64(1)),
                    owner.App, owner.UserId, dataset),
                cancellationToken).ConfigureAwait(false)
            : [];

    /// <summary>The apps that have a dataset of that name, or of features that were made for it (<see cref="FeatureDatasets"/>).</summary>
    /// <param name="dataset">The name.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<IReadOnlyList<ExampleOwner>> OwnersOfAsync(string dataset, CancellationToken cancellationToken = default)
        => _database.Exists
            ? await _database.ReadAsync(
                connection => connection.Rows(
                    """
                    SELECT DISTINCT o.app, o.uid FROM dataset d JOIN owner o ON o.id = d.owner
                    WHERE d.name = $1 OR substr(d.name, 1, length($1) + 1) = $1 || '.' ORDER BY o.id
                    """,
                    static row => new ExampleOwner(row.GetString(0), row.GetInt64(1)),
                    dataset),
                cancellationToken).ConfigureAwait(false)
            : [];

    private List<StoredExample> Read(StoreConnection connection, ExampleOwner owner, string name, ExampleSplit? split, long after, int count)
    {
        if (OwnerTable.Find(connection, owner) is not { } ownerId || DatasetTable.Find(connection, ownerId, name) is not { } dataset) throw NoDataset(name);
        Consents.ConsentStore.Require(connection, owner, dataset.Purpose);
        var bytes = 0L;
        var rows = connection.Rows(
            """
            SELECT id, hash, content, label, grp, split, time, bytes FROM example
            WHERE dataset = $1 AND id > $2 AND ($3 IS NULL OR split = $3) ORDER BY id LIMIT $4
            """,
            row =>
            {
                // Contents beyond the page's bytes are not looked at.
                var mayRead = bytes == 0 || bytes + row.GetInt64(7) <= MostReadBytes;
                bytes += row.GetInt64(7);
                return mayRead ? Read(row, ownerId) : null;
            },
            dataset.Id, after, (long?)split, (long)count);
        return [.. rows.TakeWhile(static row => row is not null).Select(static row => row!)];
    }

    private StoredExample Read(StoreRow row, long owner)
    {
        var hash = row.GetBytes(1);
        var content = (row.IsNull(2) ? _database.Blobs.TryRead(owner, hash) : row.GetBytes(2)) ?? throw LostContent(row.GetInt64(0));
        return new StoredExample(row.GetInt64(0), hash, content, row.Text(3), row.Text(4), (ExampleSplit)row.GetInt64(5), row.GetTime(6));
    }

    private static EdgeHostException LostContent(long example)
        => new(ErrorCode.DataLoss, $"The content of example {example} is missing or was altered on the disk. Delete its dataset, or restore the folder from a backup.");

    private static EdgeHostException NoDataset(string name) => new(ErrorCode.NotFound, $"The app has no dataset '{name}'; training.datasets lists them.");
}
