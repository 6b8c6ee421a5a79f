using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EdgeHost.Learning.Storage;

/// <summary>
/// The database: one connection, used by one caller after the other, away from the threads that read calls. It is opened by its first use, so a host that
/// records nothing never loads it. Other processes (the command line) may use the same file; each transaction sees what they did. Thread-safe.
/// </summary>
public sealed class LearningDatabase : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly LearningOptions _options;
    private readonly ILogger<LearningDatabase> _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection? _connection;
    private int _waiting;
    private long _failures;
    private bool _isDisposed;

    /// <summary>Creates it; opens nothing.</summary>
    public LearningDatabase(IOptions<LearningOptions> options, ILogger<LearningDatabase> logger)
    {
        _options = options.Value;
        _logger = logger;
        FilePath = Path.Combine(_options.Folder, "learning.db");
        Blobs = new BlobFolder(Path.Combine(_options.Folder, "blobs"));
    }

    /// <summary>Whether anything was ever recorded here.</summary>
    public bool Exists => File.Exists(FilePath);

    /// <summary>Grows with every transaction that failed, and may have left files.</summary>
    internal long Failures => Interlocked.Read(ref _failures);

    /// <summary>The files of large contents.</summary>
    internal BlobFolder Blobs { get; }

    /// <summary>The database's file.</summary>
    internal string FilePath { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed) return;
        _turn.Wait();
        _isDisposed = true;
        Close();
        _turn.Release();
        _turn.Dispose();
    }

    /// <summary>Reads in one snapshot.</summary>
    /// <exception cref="EdgeHostException">As <see cref="StoreErrors"/> says; <see cref="ErrorCode.ResourceExhausted"/>: too many wait.</exception>
    internal Task<T> ReadAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
        => RunAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction(deferred: true);
                return work(connection);
            },
            cancellationToken);

    /// <summary>Writes in one transaction: when the task has completed everything is on the disk, when it has failed nothing is.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    internal Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
        => RunAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction(deferred: false);
                var result = work(connection);
                transaction.Commit();
                return result;
            },
            cancellationToken);

    /// <summary>Takes what was deleted out of the log too.</summary>
    internal Task CheckpointAsync(CancellationToken cancellationToken)
        => RunAsync(static connection => connection.Execute("PRAGMA wal_checkpoint(TRUNCATE)"), cancellationToken);

    private async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > _options.QueueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{_options.QueueLimit} calls wait for the store of examples already. Try again, with more examples a call.")
            {
                RetryAfter = RetryAfter,
            };
        }

        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => Run(work), CancellationToken.None).ConfigureAwait(false);
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

    private T Run<T>(Func<SqliteConnection, T> work)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        try
        {
            return work(_connection ??= Open());
        }
        catch (Exception e) when (StoreErrors.IsKnown(e))
        {
            Interlocked.Increment(ref _failures);

            // A connection that failed may be in any state; the next caller gets a new one.
            Close();
            var error = StoreErrors.Map(e);
            _logger.LogWarning("The store of examples failed with {Code}: {Problem}", error.Code.ToWireName(), e.Message);
            throw error;
        }
    }

    private SqliteConnection Open()
    {
        SQLitePCL.Batteries_V2.Init();
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_options.Folder);
        else Directory.CreateDirectory(_options.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var text = new SqliteConnectionStringBuilder
        {
            DataSource = FilePath,
            Pooling = false,
            ForeignKeys = true,
            DefaultTimeout = (int)Math.Ceiling(_options.LockTimeout.TotalSeconds),
        };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();

            // FULL: a commit is on the disk when it returns, also when the power fails. Deleted rows are overwritten.
            connection.Execute("PRAGMA journal_mode = WAL");
            connection.Execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
            Schema.Ensure(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _connection?.Dispose();
        _connection = null;
    }
}
