using Microsoft.Extensions.Logging;

namespace EdgeHost.Storage.Databases;

/// <summary>
/// A database of a host: one connection, used by one caller after the other, away from the threads that read calls. It is opened by its first use, so a host
/// that keeps nothing in it never loads it. Other processes (the command line) may use the same file; each transaction sees what they did. A wait, for other
/// callers or for another process, takes no thread and ends with its token. Thread-safe.
/// </summary>
public sealed class StoreDatabase : IDisposable
{
    private static readonly TimeSpan LockPoll = TimeSpan.FromMilliseconds(20);

    private readonly StoreSpec _spec;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    // Never disposed, as it holds nothing of the system: those who still wait for it when the host stops get an answer.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private OpenDatabase? _open;
    private int _waiting;
    private long _failures;
    private volatile bool _isClosed;

    /// <summary>Creates it; opens nothing.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="time">Measures the wait for other processes.</param>
    /// <param name="logger">Told of every failure of the disk or the database.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit of the specification is none.</exception>
    public StoreDatabase(StoreSpec spec, TimeProvider time, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.QueueLimit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.LockTimeout, TimeSpan.Zero);
        _spec = spec;
        _time = time;
        _logger = logger;
        Errors = new StoreErrors(spec);
        FilePath = Path.Combine(spec.Folder, spec.FileName);
    }

    /// <summary>The database's file.</summary>
    public string FilePath { get; }

    /// <summary>Whether there is one: nothing was ever written here otherwise.</summary>
    public bool Exists => File.Exists(FilePath);

    /// <summary>Failures in the words of this store, for its owner's own work on files.</summary>
    public StoreErrors Errors { get; }

    /// <summary>Grows with every transaction that failed, or ended after its work and before its commit: it may have left files that no row knows.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Reads in one snapshot; what it writes is undone.</summary>
    /// <param name="work">Reads. What it throws comes out, but for failures of the disk and the database.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <returns>What the work has given.</returns>
    /// <exception cref="EdgeHostException">As <see cref="StoreErrors.Map"/> says; <see cref="ErrorCode.ResourceExhausted"/>: too many wait;
    /// <see cref="ErrorCode.FailedPrecondition"/>: a newer host has made the database; <see cref="ErrorCode.Unavailable"/>: another process writes for too long, or
    /// the store was closed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<T> ReadAsync<T>(Func<StoreConnection, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        return InTurnAsync(open => Read(open, work), cancellationToken);
    }

    /// <summary>Writes in one transaction: when the task has completed everything is on the disk, when it has failed nothing is.</summary>
    /// <param name="work">Writes. What it throws comes out, but for failures of the disk and the database.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public Task<T> WriteAsync<T>(Func<StoreConnection, T> work, CancellationToken cancellationToken) => WriteAsync(work, static _ => { }, cancellationToken);

    /// <param name="work">Writes. What it throws comes out, but for failures of the disk and the database.</param>
    /// <param name="committed">Called after the commit and before anybody else reads or writes; does not throw.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <inheritdoc cref="WriteAsync{T}(Func{StoreConnection, T}, CancellationToken)"/>
    public Task<T> WriteAsync<T>(Func<StoreConnection, T> work, Action<StoreConnection> committed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(committed);
        return InTurnAsync(open => Write(open, work, committed, cancellationToken), cancellationToken);
    }

    /// <summary>Takes what was deleted out of the log too.</summary>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <returns>Whether nothing is left there; something is while another process reads.</returns>
    /// <inheritdoc cref="ReadAsync"/>
    public Task<bool> CheckpointAsync(CancellationToken cancellationToken) => InTurnAsync(static open => new Attempt<bool>(true, open.Checkpoint()), cancellationToken);

    /// <summary>Closes it after the work that is under way; what waits gets <see cref="ErrorCode.Unavailable"/>.</summary>
    public void Dispose()
    {
        if (_isClosed) return;
        _isClosed = true;
        _turn.Wait();
        Close();
        _turn.Release();
    }

    private static Attempt<T> Read<T>(OpenDatabase open, Func<StoreConnection, T> work)
    {
        if (open.TryBegin(writes: false) is not { } connection) return default;
        try
        {
            return new Attempt<T>(true, work(connection));
        }
        finally
        {
            connection.End();
            open.RollBack();
        }
    }

    private Attempt<T> Write<T>(OpenDatabase open, Func<StoreConnection, T> work, Action<StoreConnection> committed, CancellationToken cancellationToken)
    {
        if (open.TryBegin(writes: true) is not { } connection) return default;
        var isWorkDone = false;
        try
        {
            var result = work(connection);
            isWorkDone = true;
            cancellationToken.ThrowIfCancellationRequested();
            open.Commit();
            committed(connection);
            return new Attempt<T>(true, result);
        }
        catch
        {
            if (isWorkDone) Interlocked.Increment(ref _failures);
            open.RollBack();
            throw;
        }
        finally
        {
            connection.End();
        }
    }

    private async Task<T> InTurnAsync<T>(Func<OpenDatabase, Attempt<T>> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > _spec.QueueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            throw Errors.Crowded();
        }

        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await WhenUnlockedAsync(work, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<T> WhenUnlockedAsync<T>(Func<OpenDatabase, Attempt<T>> work, CancellationToken cancellationToken)
    {
        var since = _time.GetTimestamp();
        while (true)
        {
            var attempt = await Task.Run(() => Try(work), CancellationToken.None).ConfigureAwait(false);
            if (attempt.IsDone) return attempt.Result;
            if (_time.GetElapsedTime(since) >= _spec.LockTimeout)
            {
                _logger.LogWarning("The database of {Subject} was locked by another process for {Time}.", _spec.Words.Subject, _spec.LockTimeout);
                throw Errors.InUse();
            }

            await Task.Delay(LockPoll, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private Attempt<T> Try<T>(Func<OpenDatabase, Attempt<T>> work)
    {
        if (_isClosed) throw Errors.Closed();
        try
        {
            if (_open is { IsBroken: true }) Close();
            _open ??= OpenDatabase.TryOpen(_spec, Errors);
            return _open is null ? default : work(_open);
        }
        catch (Exception e) when (StoreErrors.IsKnown(e))
        {
            Interlocked.Increment(ref _failures);

            // A connection that failed may be in any state; the next caller gets a new one.
            Close();
            var error = Errors.Map(e);
            _logger.LogWarning("The database of {Subject} failed with {Code}: {Problem}", _spec.Words.Subject, error.Code.ToWireName(), e.Message);
            throw error;
        }
    }

    private void Close()
    {
        _open?.Dispose();
        _open = null;
    }

    /// <summary>What came of it; nothing while another process holds the lock.</summary>
    private readonly record struct Attempt<T>(bool IsDone, T Result);
}
