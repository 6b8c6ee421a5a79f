using System.Security.Cryptography;
using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Storage;
using EdgeHost.Storage.Databases;
using EdgeHost.Disks;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning.Examples;

/// <summary>
/// The examples of apps: private to each, recorded with the consent of the device's owner, on the disk when the recording has answered. Equal contents of a
/// dataset are one example, whose label is the one given last. Thread-safe.
/// </summary>
public sealed partial class ExampleStore
{
    private const int MostInlineBytes = 4096;

    private readonly LearningDatabase _database;
    private readonly LearningOptions _options;
    private readonly TimeProvider _time;
    private readonly IFreeSpace _space;
    private TaskCompletionSource _recorded = NewRecording();

    /// <summary>Creates it; opens nothing.</summary>
    public ExampleStore(LearningDatabase database, IOptions<LearningOptions> options, TimeProvider time)
        : this(database, options, time, new DriveSpace())
    {
    }

    internal ExampleStore(LearningDatabase database, IOptions<LearningOptions> options, TimeProvider time, IFreeSpace space)
    {
        ArgumentNullException.ThrowIfNull(options);
        _database = database;
        _options = options.Value;
        _time = time;
        _space = space;
    }

    /// <summary>A task that completes when this process has recorded something after this was asked for. What other processes record it does not see.</summary>
    public Task WhenRecorded => Volatile.Read(ref _recorded).Task;

    /// <summary>Records examples: all of them, or none where it fails.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="spec">The dataset; made if it is not there.</param>
    /// <param name="drafts">The examples; their contents stay unchanged until the task has ended.</param>
    /// <param name="cancellationToken">Stops waiting for the database; nothing is kept then.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: an example or the specification is wrong; <see cref="ErrorCode.PermissionDenied"/>: no consent;
    /// <see cref="ErrorCode.FailedPrecondition"/>: the dataset is another one; <see cref="ErrorCode.ResourceExhausted"/>: a quota or the disk is full;
    /// <see cref="ErrorCode.DataLoss"/>: the database is damaged; <see cref="ErrorCode.Unavailable"/>: it cannot be written now.</exception>
    public async Task<RecordResult> RecordAsync(ExampleOwner owner, DatasetSpec spec, IReadOnlyList<ExampleDraft> drafts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(drafts);
        ExampleRules.Check(spec, _options);
        ExampleRules.Check(spec.Kind, drafts, _options);
        var result = await _database.WriteAsync(connection => Record(connection, owner, spec, drafts, cancellationToken), cancellationToken).ConfigureAwait(false);
        TellRecorded();
        return result;
    }

    /// <summary>The datasets of an app, by name.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="name">One alone, or null for all.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public async Task<IReadOnlyList<DatasetInfo>> ListAsync(ExampleOwner owner, string? name = null, CancellationToken cancellationToken = default)
        => _database.Exists
            ? await _database.ReadAsync(
                connection => OwnerTable.Find(connection, owner) is { } id ? DatasetTable.List(connection, id, name) : [], cancellationToken).ConfigureAwait(false)
            : [];

    /// <summary>How many examples an app has, and their bytes.</summary>
    public async Task<(long Examples, long Bytes)> UsageAsync(ExampleOwner owner, CancellationToken cancellationToken = default)
        => _database.Exists
            ? await _database.ReadAsync(
                connection => OwnerTable.Find(connection, owner) is { } id ? OwnerTable.Usage(connection, id) : default, cancellationToken).ConfigureAwait(false)
            : default;

    /// <summary>Says that something was recorded, when it is on the disk.</summary>
    internal void TellRecorded() => Interlocked.Exchange(ref _recorded, NewRecording()).TrySetResult();

    /// <summary>Records within a transaction of somebody else.</summary>
    internal RecordResult Record(
        StoreConnection connection, ExampleOwner owner, DatasetSpec spec, IReadOnlyList<ExampleDraft> drafts, CancellationToken cancellationToken)
    {
        ConsentStore.Require(connection, owner, spec.Purpose);
        CheckDisk(drafts);
        var written = new List<(long Owner, byte[] Hash)>();
        try
        {
            return Record(connection, owner, spec, drafts, written, cancellationToken);
        }
        catch
        {
            // The rows are rolled back; what a refused recording leaves in files would count against nobody.
            foreach (var (ownerId, hash) in written) _database.Blobs.Remove(ownerId, hash);
            throw;
        }
    }

    private RecordResult Record(
        StoreConnection connection,
        ExampleOwner owner,
        DatasetSpec spec,
        IReadOnlyList<ExampleDraft> drafts,
        List<(long Owner, byte[] Hash)> written,
        CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var ownerId = OwnerTable.FindOrAdd(connection, owner);
        var dataset = DatasetTable.FindOrAdd(connection, ownerId, spec, _options, now);
        var rule = new SplitRule(dataset.SplitKey, dataset.ValidationShare, dataset.TestShare);
        var (accepted, duplicates, relabelled) = (0, 0, 0);
        foreach (var draft in drafts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var hash = SHA256.HashData(draft.Content.Span);
            var known = connection.Rows(
                "SELECT id, label FROM example WHERE dataset = $1 AND hash = $2", static row => (Id: row.GetInt64(0), Label: row.Text(1)), dataset.Id, hash);
            if (known.Count == 0)
            {
                Insert(connection, ownerId, dataset, rule, draft, hash, now, written);
                accepted++;
            }
            else if (draft.Label is null || draft.Label == known[0].Label)
            {
                duplicates++;
            }
            else
            {
                connection.Execute("UPDATE example SET label = $2 WHERE id = $1", known[0].Id, draft.Label);
                relabelled++;
            }
        }

        var (examples, bytes) = OwnerTable.Usage(connection, ownerId);
        if (accepted > 0) CheckQuota(examples, bytes);
        return new RecordResult(accepted, duplicates, relabelled, examples, bytes);
    }

    private void Insert(
        StoreConnection connection,
        long owner,
        DatasetRow dataset,
        SplitRule rule,
        ExampleDraft draft,
        byte[] hash,
        DateTimeOffset now,
        List<(long Owner, byte[] Hash)> written)
    {
        var content = draft.Content.Span;
        long? blob = content.Length > MostInlineBytes ? AddBlob(connection, owner, hash, content, written) : null;
        connection.Execute(
            """
            INSERT INTO example (owner, dataset, hash, content, blob, bytes, label, grp, split, time, recorded)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            owner,
            dataset.Id,
            hash,
            blob is null ? content.ToArray() : null,
            blob,
            (long)content.Length,
            draft.Label,
            draft.Group,
            (long)rule.Choose(dataset.Kind, content, draft.Group),
            (draft.Time ?? now).ToUnixTimeMilliseconds(),
            now.ToUnixTimeMilliseconds());
    }

    // The file is on the disk before the row that names it; one without a row is removed by upkeep.
    private long AddBlob(StoreConnection connection, long owner, byte[] hash, ReadOnlySpan<byte> content, List<(long Owner, byte[] Hash)> written)
    {
        if (_database.Blobs.Write(owner, hash, content)) written.Add((owner, hash));
        return connection.Scalar<long?>("SELECT id FROM blob WHERE owner = $1 AND hash = $2", owner, hash)
            ?? connection.Scalar<long>("INSERT INTO blob (owner, hash, bytes) VALUES ($1, $2, $3) RETURNING id", owner, hash, (long)content.Length);
    }

    private static TaskCompletionSource NewRecording() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void CheckDisk(IReadOnlyList<ExampleDraft> drafts)
    {
        var bytes = drafts.Sum(static draft => (long)draft.Content.Length);
        if (_space.AvailableBytes(_options.Folder) is { } available && available - bytes < _options.FreeSpaceReserveBytes) throw _database.Errors.DiskFull();
    }

    private void CheckQuota(long examples, long bytes)
    {
        if (examples > _options.MaxAppExamples)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted, $"The app would have {examples} examples; {_options.MaxAppExamples} are allowed. Delete some with training.delete. Nothing of this call was kept.");
        }

        if (bytes > _options.MaxAppBytes)
        {
            throw new EdgeHostException(
                ErrorCode.ResourceExhausted, $"The app's examples would have {bytes} bytes; {_options.MaxAppBytes} are allowed. Delete some with training.delete. Nothing of this call was kept.");
        }
    }
}
