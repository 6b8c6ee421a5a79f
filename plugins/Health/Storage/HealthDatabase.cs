using EdgeHost.PluginSdk;
using SQLitePCL;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>
/// The plugin's database: one connection, used by one caller after the other and opened by its first use. What a write has answered is on the disk
/// (WAL, <c>synchronous=FULL</c>), also when the process or the power ends; what is deleted is overwritten. Thread-safe.
/// </summary>
/// <remarks>SQLite is used without ADO.NET: that registers handlers with the process, which would keep an old version of the plugin in memory.</remarks>
internal sealed class HealthDatabase(IPluginStorage storage, MasterKey master, HealthOptions options) : IDisposable
{
    private const string FileName = "health.db";
    private const int Form = 2;

    private const string Tables = """
        CREATE TABLE person (id INTEGER PRIMARY KEY, tag BLOB NOT NULL UNIQUE, key BLOB NOT NULL);
        CREATE TABLE sample (
            id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, type TEXT NOT NULL, time INTEGER NOT NULL,
            source BLOB NOT NULL, flag TEXT, payload BLOB NOT NULL, UNIQUE (person, type, time, source));
        CREATE TABLE audit (id INTEGER PRIMARY KEY, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, time INTEGER NOT NULL, payload BLOB NOT NULL);
        CREATE INDEX audit_person ON audit (person, id);
        """;

    private const string AlertTables = """
        CREATE TABLE alert (id INTEGER PRIMARY KEY AUTOINCREMENT, person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, payload BLOB NOT NULL);
        CREATE TABLE alert_state (person INTEGER NOT NULL REFERENCES person(id) ON DELETE CASCADE, rule TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (person, rule));
        CREATE INDEX alert_person ON alert (person, id);
        """;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private sqlite3? _open;
    private int _waiting;
    private bool _isClosed;

    /// <summary>Reads in one snapshot, on another thread.</summary>
    /// <param name="work">Reads; gets the connection for the time of the call.</param>
    /// <param name="cancellationToken">Stops waiting for the database.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.ResourceExhausted"/>: too many wait; or as <see cref="DatabaseErrors"/> says.</exception>
    public Task<T> ReadAsync<T>(Func<sqlite3, T> work, CancellationToken cancellationToken) => InTurnAsync(database => Within(database, "BEGIN", work, cancellationToken), cancellationToken);

    /// <summary>Writes in one transaction: all of it, on the disk when the task has completed, or nothing.</summary>
    /// <param name="work">Writes; gets the connection for the time of the call.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    /// <inheritdoc cref="ReadAsync"/>
    public Task<T> WriteAsync<T>(Func<sqlite3, T> work, CancellationToken cancellationToken) => InTurnAsync(database => Within(database, "BEGIN IMMEDIATE", work, cancellationToken), cancellationToken);

    /// <summary>Takes what was deleted out of the log, too.</summary>
    public Task<bool> CheckpointAsync(CancellationToken cancellationToken) => InTurnAsync(
        static database =>
        {
            Execute(database, "PRAGMA wal_checkpoint(TRUNCATE)");
            return true;
        },
        cancellationToken);

    /// <summary>Closes it after the work that is under way.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _isClosed = true;
        _open?.Dispose();
        _open = null;
        _turn.Release();
    }

    private static T Within<T>(sqlite3 database, string begin, Func<sqlite3, T> work, CancellationToken cancellationToken)
    {
        Execute(database, begin);
        try
        {
            var result = work(database);
            cancellationToken.ThrowIfCancellationRequested();
            Execute(database, "COMMIT");
            return result;
        }
        finally
        {
            if (raw.sqlite3_get_autocommit(database) == 0) Execute(database, "ROLLBACK");
        }
    }

    private static void Execute(sqlite3 database, string sql) => DatabaseErrors.Check(raw.sqlite3_exec(database, sql), database);

    private async Task<T> InTurnAsync<T>(Func<sqlite3, T> work, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > options.QueueLimit)
        {
            Interlocked.Decrement(ref _waiting);
            throw new EdgeHostException(ErrorCode.ResourceExhausted, $"{options.QueueLimit} calls wait for the health data already. Try again.") { RetryAfter = TimeSpan.FromMilliseconds(250) };
        }

        try
        {
            await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => work(Open()), CancellationToken.None).ConfigureAwait(false);
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

    private sqlite3 Open()
    {
        if (_isClosed) throw new EdgeHostException(ErrorCode.Unavailable, "The health data is closed: the plugin stops.");
        if (_open is not null) return _open;
        Batteries_V2.Init();
        if (!File.Exists(Path.Combine(storage.DataFolder, FileName))) master.Ensure();
        PrivateFile.Ensure(Path.Combine(storage.DataFolder, FileName));
        var code = raw.sqlite3_open(Path.Combine(storage.DataFolder, FileName), out var database);
        try
        {
            DatabaseErrors.Check(code, database);
            Execute(database, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
            raw.sqlite3_busy_timeout(database, 2000);
            return _open = Within(database, "BEGIN IMMEDIATE", Prepare, CancellationToken.None);
        }
        finally
        {
            if (_open is null) database.Dispose();
        }
    }

    private static sqlite3 Prepare(sqlite3 database)
    {
        using var version = new Statement(database, "PRAGMA user_version");
        version.Step();
        var form = version.Integer(0);
        if (form > Form) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The health data is in form {form}, which a newer host has made; this one knows form {Form}. Use the newer host.");
        if (form == 0) Execute(database, Tables);
        if (form < Form) Execute(database, $"{AlertTables} PRAGMA user_version = {Form}");
        return database;
    }
}
