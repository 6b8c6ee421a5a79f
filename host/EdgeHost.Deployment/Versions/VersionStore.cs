using System.Text.Json;
using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Serving;
using EdgeHost.Deployment.Storage;
using EdgeHost.Deployment.Trials;
using EdgeHost.Runtime.Models;
using EdgeHost.Storage.Databases;
using EdgeHost.Disks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Deployment.Versions;

/// <summary>
/// Versions on the disk: files in a folder each, records and history in one database. A move of versions and its line in the history are one transaction, so
/// that the end of the process at any point leaves what was before or what is after. Thread-safe.
/// </summary>
internal sealed partial class VersionStore : IVersionStore, IDisposable
{
    private readonly DeploymentOptions _options;
    private readonly IModelSource _source;
    private readonly IFreeSpace _space;
    private readonly TrialBook _trials;
    private readonly TimeProvider _time;
    private readonly StoreDatabase _database;
    private readonly ILogger<VersionStore> _logger;
    private readonly SemaphoreSlim _adding = new(1, 1);
    private volatile ActiveVersions? _active;
    private Action<string>? _atWrite;

    public VersionStore(
        IModelSource source, TrialBook trials, IFreeSpace space, TimeProvider time, IOptions<DeploymentOptions> options, ILogger<VersionStore> logger)
    {
        _options = options.Value;
        _source = source;
        _space = space;
        _trials = trials;
        _time = time;
        _logger = logger;
        _database = new StoreDatabase(Spec(_options), time, logger);
        Files = new VersionFiles(Path.Combine(_options.Folder, "files"), time);
    }

    /// <summary>The files of versions.</summary>
    public VersionFiles Files { get; }

    /// <summary>Called with the name of each step of a write, for tests of faults.</summary>
    public Action<string>? AtWrite
    {
        set => _atWrite = Files.AtWrite = value;
    }

    public async Task<IReadOnlyList<ModelVersion>> ListAsync(string? model, VersionScope? scope, CancellationToken cancellationToken)
        => _database.Exists ? await _database.ReadAsync(connection => connection.Find(model, scope), cancellationToken).ConfigureAwait(false) : [];

    public async Task<IReadOnlyList<VersionEvent>> HistoryAsync(string? model, VersionScope? scope, int most, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(most, 1000);
        return _database.Exists ? await _database.ReadAsync(connection => connection.Events(model, scope, most), cancellationToken).ConfigureAwait(false) : [];
    }

    public string? FolderOf(ModelVersion version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.HasFiles ? Files.PathOf(version.Folder) : null;
    }

    /// <summary>What may serve; null before it was read. Kept up by this process's own changes and by <see cref="RefreshAsync"/>.</summary>
    public ActiveVersions? Known => _active;

    /// <summary>Reads again what may serve: another process may have changed it.</summary>
    public async Task<ActiveVersions> RefreshAsync(CancellationToken cancellationToken)
    {
        if (!_database.Exists) return _active = ActiveVersions.None;
        return await _database.ReadAsync(Publish, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a version; one that it replaces is retired in the same transaction.</summary>
    /// <param name="seen">The version as the decision saw it.</param>
    /// <param name="to">Where to.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="reason">Why.</param>
    /// <param name="figures">What the decision rests on, or null.</param>
    /// <param name="baseline">Calls of the version that it takes over from, for the watch; null for none.</param>
    /// <param name="cancellationToken">Stops before the move.</param>
    /// <returns>The version as it is now.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Aborted"/>: it has moved meanwhile; <see cref="ErrorCode.FailedPrecondition"/>: it may not go there.</exception>
    public Task<ModelVersion> MoveAsync(
        ModelVersion seen, VersionState to, VersionActor actor, string reason, GateFigures? figures, ServedRecord? baseline, CancellationToken cancellationToken)
        => ChangeAsync(
            connection =>
            {
                var version = Moving(connection, seen, to, actor);
                CheckFiles(version, to);
                return Enter(connection, version, to, actor, reason, figures, baseline);
            },
            cancellationToken);

    /// <summary>Retires the version that serves, and lets the one that it replaced serve again where its files are still there.</summary>
    /// <returns>The version that serves now; null for the shipped one, or none.</returns>
    /// <inheritdoc cref="MoveAsync"/>
    public Task<ModelVersion?> RollBackAsync(ModelVersion seen, VersionActor actor, string reason, GateFigures? figures, CancellationToken cancellationToken)
        => ChangeAsync(
            connection =>
            {
                var version = Moving(connection, seen, VersionState.Retired, actor);
                Write(connection, version, VersionState.Retired, actor, reason, figures);
                var before = version.Replaced is null ? null
                    : connection.Find(version.Model, version.Scope).Find(other => other.Version == version.Replaced && other.HasFiles && !other.IsCandidate);
                return before is null ? null : Write(connection, before, VersionState.Current, actor, $"{version.Version} was rolled back", figures: null);
            },
            cancellationToken);

    /// <summary>Ends the watch of a version that took over and held.</summary>
    public Task EndWatchAsync(ModelVersion seen, string reason, GateFigures figures, CancellationToken cancellationToken)
        => ChangeAsync(
            connection =>
            {
                var version = Again(connection, seen);
                if (version.WatchedUntil is null) return 0;
                connection.Update(version with { WatchedUntil = null, Trial = null });
                Append(connection, version, version.State, version.State, VersionActor.Gate, reason, figures);
                return 1;
            },
            cancellationToken);

    /// <summary>Writes what trials have shown, so that a restart does not begin them anew.</summary>
    public Task SaveAsync(IReadOnlyList<(ModelVersion Version, TrialRecord Record)> trials, CancellationToken cancellationToken)
        => _database.WriteAsync(
            connection =>
            {
                foreach (var (version, record) in trials)
                {
                    connection.Execute("UPDATE version SET trial = $3 WHERE id = $1 AND state = $2", version.Id, (int)version.State, Text(record));
                }

                return trials.Count;
            },
            cancellationToken);

    public void Dispose()
    {
        _database.Dispose();
        _adding.Dispose();
    }

    private static StoreSpec Spec(DeploymentOptions options) => new()
    {
        Folder = options.Folder,
        FileName = "versions.db",
        Schema = VersionSchema.Newest,
        Words = new StoreWords
        {
            Subject = "versions",
            Unchanged = "nothing was changed, the versions that were there serve",
            Damage = "shipped versions serve",
        },
        QueueLimit = options.QueueLimit,
        LockTimeout = options.LockTimeout,
    };

    private static string Text(TrialRecord record) => JsonSerializer.Serialize(record, GateJson.Default.TrialRecord);

    private static ModelVersion Again(StoreConnection connection, ModelVersion seen)
        => connection.Find(seen.Model, seen.Scope).Find(version => version.Id == seen.Id && version.State == seen.State)
            ?? throw new EdgeHostException(ErrorCode.Aborted, $"{seen.Name} is not {Word(seen.State)} any more; look again with models.versions.");

    private static ModelVersion Moving(StoreConnection connection, ModelVersion seen, VersionState to, VersionActor actor)
    {
        var version = Again(connection, seen);
        return VersionMoves.IsAllowed(version.State, to, actor)
            ? version
            : throw new EdgeHostException(ErrorCode.FailedPrecondition, $"{version.Name} is {Word(version.State)} and cannot become {Word(to)}.");
    }

    private static void CheckFiles(ModelVersion version, VersionState to)
    {
        if (to == VersionState.Retired || version.HasFiles) return;
        throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The files of {version.Name} have been removed; only its lineage is left. Make it again.");
    }

    private static string Word(VersionState state) => state.ToString().ToLowerInvariant();

    private ModelVersion Enter(
        StoreConnection connection, ModelVersion version, VersionState to, VersionActor actor, string reason, GateFigures? figures, ServedRecord? baseline)
    {
        var others = connection.Find(version.Model, version.Scope).Where(other => other.Id != version.Id).ToList();
        if (to == VersionState.Current)
        {
            var old = others.Find(static other => other.State == VersionState.Current);
            if (old is not null) Write(connection, old, VersionState.Retired, actor, $"{version.Version} took over", figures: null);
            return Write(
                connection,
                version with
                {
                    Replaced = old?.Version,
                    WatchedUntil = _time.GetUtcNow() + _options.WatchWindow,
                    Trial = baseline is null ? null : Text(new TrialRecord(VersionState.Current, null, baseline, null)),
                },
                to,
                actor,
                reason,
                figures);
        }

        if (to is VersionState.Shadow or VersionState.Canary && others.Find(static other => other.IsCandidate) is { } rival)
        {
            Write(connection, rival, VersionState.Retired, actor, $"{version.Version} is tried in its place", figures: null);
        }

        return Write(connection, version with { Trial = null }, to, actor, reason, figures);
    }

    private ModelVersion Write(StoreConnection connection, ModelVersion version, VersionState to, VersionActor actor, string reason, GateFigures? figures)
    {
        var moved = version with { State = to, Reason = reason, Changed = _time.GetUtcNow(), WatchedUntil = to == VersionState.Current ? version.WatchedUntil : null };
        _atWrite?.Invoke($"move {Word(to)}");
        connection.Update(moved);
        Append(connection, version, version.State, to, actor, reason, figures);
        return moved;
    }

    private void Append(StoreConnection connection, ModelVersion version, VersionState? from, VersionState to, VersionActor actor, string reason, GateFigures? figures)
        => connection.Append(new VersionEvent(
            _time.GetUtcNow(),
            version.Model,
            version.Scope,
            version.Version,
            from,
            to,
            actor,
            reason,
            figures is null ? string.Empty : JsonSerializer.Serialize(figures, GateJson.Default.GateFigures)));

    // Whoever reads that a version has moved finds that calls go where it says.
    private Task<T> ChangeAsync<T>(Func<StoreConnection, T> work, CancellationToken cancellationToken)
        => _database.WriteAsync(
            connection =>
            {
                var result = work(connection);
                _atWrite?.Invoke("commit");
                return result;
            },
            connection =>
            {
                try
                {
                    Publish(connection);
                }
                catch (Exception e) when (StoreErrors.IsKnown(e))
                {
                    // It has happened all the same; the next call reads it.
                    _active = null;
                }
            },
            cancellationToken);

    private ActiveVersions Publish(StoreConnection connection)
    {
        var active = new ActiveVersions(connection.WithFiles());
        _trials.Follow(active);
        return _active = active;
    }
}
