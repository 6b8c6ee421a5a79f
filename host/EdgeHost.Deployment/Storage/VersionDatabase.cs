using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Deployment.Storage;

/// <summary>
/// The records: one connection, used by one caller after the other. It is opened by its first use, so a host without versions never loads it. Other
/// processes (the command line) may use the same file. Thread-safe.
/// </summary>
internal sealed class VersionDatabase(DeploymentOptions options, ILogger logger) : IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private SqliteConnection? _connection;
    private int _waiting;
    private bool _isDisposed;

    /// <summary>Whether there is one.</summary>
    public bool Exists => File.Exists(FilePath);

    /// <summary>Called with the name of each step of a commit, for tests of faults.</summary>
    public Action<string>? AtWrite { get; set; }

    private string FilePath => Path.Combine(options.Folder, "versions.db");

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
    public Task<T> ReadAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
        => RunAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction(deferred: true);
                return work(connection);
            },
            cancellationToken);

    /// <summary>Writes in one transaction: when the task has completed everything is on the disk, when it has failed nothing is.</summary>
    /// <param name="work">Writes.</param>
    /// <param name="committed">Called after the commit and before anybody else reads or writes; does not throw.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, Action<SqliteConnection> committed, CancellationToken cancellationToken)
        => RunAsync(
            connection =>
            {
                using var transaction = connection.BeginTransaction(deferred: false);
                var result = work(connection);
                cancellationToken.ThrowIfCancellationRequested();
                AtWrite?.Invoke("commit");
                transaction.Commit();
                committed(connection);
                return result;
            },
            cancellationToken);

    private async Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > options.QueueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{options.QueueLimit} calls wait for the records of versions already. Try again.") { RetryAfter = RetryAfter };
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
            // A connection that failed may be in any state; the next caller gets a new one.
            Close();
            var error = StoreErrors.Map(e);
            logger.LogWarning("The records of versions failed with {Code}: {Problem}", error.Code.ToWireName(), e.Message);
            throw error;
        }
    }

    private SqliteConnection Open()
    {
        SQLitePCL.Batteries_V2.Init();
        PrivateFolders.Create(options.Folder);
        var text = new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false, DefaultTimeout = (int)Math.Ceiling(options.LockTimeout.TotalSeconds) };
        var connection = new SqliteConnection(text.ToString());
        try
        {
            connection.Open();

            // FULL: a commit is on the disk when it returns, also when the power fails.
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
