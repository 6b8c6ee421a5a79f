namespace EdgeHost.Plugins.Storage;

/// <summary>
/// A database of a plugin: one connection, opened by its first use and used by one caller after the other, away from the threads that read calls. It is closed when it was not used for a while,
/// and when this is disposed: one version of the plugin has the file at a time. Waits, for other callers or other versions, take no thread, and each has an end. Thread-safe.
/// </summary>
/// <remarks>
/// Every method throws <see cref="EdgeHostException"/>: <see cref="ErrorCode.ResourceExhausted"/>: the disk is full, the file at its limit, or too many wait; <see cref="ErrorCode.DataLoss"/>: the
/// database is damaged; <see cref="ErrorCode.FailedPrecondition"/>: a newer plugin has made it; <see cref="ErrorCode.Unavailable"/>: it cannot be used now, another version or process holds it for
/// too long, or it was disposed. What the work throws comes out.
/// </remarks>
public sealed class PluginDatabase : IAsyncDisposable
{
    private static readonly TimeSpan OwnerPoll = TimeSpan.FromMilliseconds(20);

    private readonly DatabaseSpec _spec;
    private readonly DatabaseErrors _errors;
    private readonly TimeProvider _time;
    private readonly ITimer _idle;
    private readonly Guid _me = Guid.NewGuid();

    // Never disposed, as it holds nothing of the system: those who still wait for it at the end get an answer.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private DatabaseOwner? _owner;
    private DatabaseConnection? _connection;
    private int _waiting;
    private volatile bool _isClosed;

    /// <summary>Creates it; opens nothing.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="time">Measures the waits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit of the specification is none.</exception>
    public PluginDatabase(DatabaseSpec spec, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.MaxBytes ?? long.MaxValue, 1 << 16);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.LockTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(spec.IdleTimeout, TimeSpan.Zero);
        (_spec, _time, _errors) = (spec, time, new DatabaseErrors(spec));

        // The timer outlives the call that makes this.
        using var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        _idle = time.CreateTimer(static state => ((PluginDatabase)state!).CloseIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The database's file.</summary>
    public string Path => _spec.Path;

    /// <summary>Grows when somebody else may have changed the file since the turn before: what is kept of it in memory must be read again. Read it within a turn.</summary>
    public int Tenancy { get; private set; }

    /// <summary>Deletes a database's files; nobody uses it.</summary>
    /// <exception cref="IOException">They cannot be deleted.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not delete them.</exception>
    public static void Delete(string path)
    {
        foreach (var end in (ReadOnlySpan<string>)[string.Empty, "-wal", "-shm", DatabaseOwner.Extension]) File.Delete(path + end);
    }

    /// <summary>Reads in one snapshot, on another thread.</summary>
    /// <param name="work">Reads; gets the connection for the time of the call.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    public Task<T> ReadAsync<T>(Func<DatabaseConnection, T> work, CancellationToken cancellationToken)
        => UseAsync(connection => connection.Snapshot(() => work(connection), cancellationToken), cancellationToken);

    /// <summary>Writes in one transaction, on another thread: all of it, on the disk when the task has completed, or nothing.</summary>
    /// <param name="work">Writes; gets the connection for the time of the call.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public Task<T> WriteAsync<T>(Func<DatabaseConnection, T> work, CancellationToken cancellationToken)
        => UseAsync(connection => connection.Transaction(() => work(connection), cancellationToken), cancellationToken);

    /// <summary>Takes what was deleted out of the log, too.</summary>
    public Task CheckpointAsync(CancellationToken cancellationToken) => UseAsync(
        static connection =>
        {
            connection.Checkpoint();
            return true;
        },
        cancellationToken);

    /// <summary>Uses the connection in a turn, on another thread; transactions are the work's own.</summary>
    /// <param name="work">Gets the connection for the time of the call. Every transaction that it begins it ends.</param>
    /// <param name="cancellationToken">Stops waiting for the turn.</param>
    public async Task<T> UseAsync<T>(Func<DatabaseConnection, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Interlocked.Increment(ref _waiting) > _spec.QueueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            throw _errors.Crowded();
        }

        try
        {
            return await InTurnAsync(work, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>
    /// Uses the connection as <see cref="UseAsync"/>, and is never refused because others wait: for work that has begun and goes on in steps, of which the plugin has a bounded amount.
    /// </summary>
    /// <inheritdoc cref="UseAsync"/>
    public Task<T> GoOnAsync<T>(Func<DatabaseConnection, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return InTurnAsync(work, cancellationToken);
    }

    /// <summary>Closes it after the work that is under way; what waits, and what comes later, gets <see cref="ErrorCode.Unavailable"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_isClosed) return;
        _isClosed = true;
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await _idle.DisposeAsync().ConfigureAwait(false);
            if (_connection is not null) await Task.Run(Close).ConfigureAwait(false);
            else Close();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<T> InTurnAsync<T>(Func<DatabaseConnection, T> work, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_owner is null) await OwnAsync(cancellationToken).ConfigureAwait(false);
            return await Task.Run(() => Use(work), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            if (!_isClosed) _idle.Change(_spec.IdleTimeout, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    private async Task OwnAsync(CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            if (_isClosed) throw _errors.Closed();
            try
            {
                if (System.IO.Path.GetDirectoryName(_spec.Path) is { Length: > 0 } folder) PrivateFiles.EnsureFolder(folder);
                _owner = DatabaseOwner.TryTake(_spec.Path, _me);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw _errors.Of(e);
            }

            if (_owner is not null) break;
            if (_time.GetElapsedTime(since) >= _spec.LockTimeout) throw _errors.InUse();
            await Task.Delay(OwnerPoll, _time, cancellationToken).ConfigureAwait(false);
        }

        if (_owner.IsChanged) Tenancy++;
    }

    private T Use<T>(Func<DatabaseConnection, T> work)
    {
        if (_isClosed) throw _errors.Closed();
        try
        {
            _connection ??= DatabaseConnection.Open(_spec, _errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw _errors.Of(e);
        }
        finally
        {
            if (_connection is null) Close();
        }

        try
        {
            return work(_connection);
        }
        finally
        {
            if (_connection.IsBroken)
            {
                // Whether the last commit is on the disk is known to who reads it again.
                Close();
                Tenancy++;
            }
        }
    }

    private void CloseIdle()
    {
        // Who has the turn sets the timer again.
        if (!_turn.Wait(0)) return;
        try
        {
            Close();
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Close()
    {
        _connection?.Close();
        _connection = null;
        _owner?.Dispose();
        _owner = null;
    }
}
