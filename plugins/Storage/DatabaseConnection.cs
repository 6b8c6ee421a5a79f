using SQLitePCL;

namespace EdgeHost.Plugins.Storage;

/// <summary>
/// The open database in the turn of one caller: statements whose parameters are <c>?1</c>, <c>?2</c> and so on, prepared once and kept. A commit is on the disk when it returns, also when the
/// process or the power ends (WAL, <c>synchronous=FULL</c>); what is deleted is overwritten. While rows of a statement are read, others may run, but not the same one. Every method throws as
/// <see cref="PluginDatabase"/> says. Used by one caller at a time.
/// </summary>
public sealed class DatabaseConnection
{
    private const int PageBytes = 4096;

    // For a process that looks at the file, such as a backup; versions of the plugin wait for each other before they open it.
    private const int BusyMilliseconds = 2000;

    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _database;
    private readonly DatabaseErrors _errors;

    private DatabaseConnection(sqlite3 database, DatabaseErrors errors) => (_database, _errors) = (database, errors);

    /// <summary>Whether it may be in any state, so that nothing more is done with it.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>The row of the last insert.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(_database);

    internal static DatabaseConnection Open(DatabaseSpec spec, DatabaseErrors errors)
    {
        Batteries_V2.Init();
        if (!File.Exists(spec.Path)) spec.BeforeCreation();

        // SQLite would let everybody read the file, and takes its mode for those beside it.
        PrivateFiles.Ensure(spec.Path);
        var code = raw.sqlite3_open_v2(spec.Path, out var database, raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, null);
        var connection = new DatabaseConnection(database, errors);
        var isReady = false;
        try
        {
            connection.Check(code);
            raw.sqlite3_busy_timeout(database, BusyMilliseconds);
            connection.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF");
            if (spec.MaxBytes is { } most) connection.Run($"PRAGMA max_page_count = {most / PageBytes}");
            spec.Schema.Prepare(connection, errors);
            isReady = true;
            return connection;
        }
        finally
        {
            if (!isReady) connection.Close();
        }
    }

    /// <summary>Runs constant statements without parameters.</summary>
    public void Run(string sql) => Check(raw.sqlite3_exec(_database, sql));

    /// <summary>Runs a statement.</summary>
    /// <param name="sql">A constant of the program; what comes from callers is a value.</param>
    /// <param name="values">The parameters.</param>
    /// <returns>How many rows it inserted, changed or deleted.</returns>
    public int Execute(string sql, params ReadOnlySpan<DatabaseValue> values)
    {
        var statement = Prepare(sql, values);
        try
        {
            while (Step(statement))
            {
                // Rows of statements that are run for their effect are of no interest.
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The whole number of the first row; 0 without a row.</summary>
    /// <inheritdoc cref="Execute"/>
    public long Integer(string sql, params ReadOnlySpan<DatabaseValue> values) => First(sql, static row => row.Integer(0), 0L, values);

    /// <summary>What is made of the first row, or something else where there is none.</summary>
    /// <inheritdoc cref="Rows"/>
    public T First<T>(string sql, Func<DatabaseRow, T> make, T otherwise, params ReadOnlySpan<DatabaseValue> values)
    {
        ArgumentNullException.ThrowIfNull(make);
        var statement = Prepare(sql, values);
        try
        {
            return Step(statement) ? make(new DatabaseRow(statement)) : otherwise;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>All rows; for results that are bounded by their query.</summary>
    /// <param name="sql">A constant of the program; what comes from callers is a value.</param>
    /// <param name="make">Makes an item of a row.</param>
    /// <param name="values">The parameters.</param>
    public List<T> Rows<T>(string sql, Func<DatabaseRow, T> make, params ReadOnlySpan<DatabaseValue> values)
    {
        ArgumentNullException.ThrowIfNull(make);
        var rows = new List<T>();
        Read(sql, row => rows.Add(make(row)), CancellationToken.None, values);
        return rows;
    }

    /// <summary>Reads row by row.</summary>
    /// <param name="sql">A constant of the program; what comes from callers is a value.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Stops before the next row.</param>
    /// <param name="values">The parameters.</param>
    public void Read(string sql, Action<DatabaseRow> read, CancellationToken cancellationToken, params ReadOnlySpan<DatabaseValue> values)
    {
        ArgumentNullException.ThrowIfNull(read);
        var statement = Prepare(sql, values);
        try
        {
            while (Step(statement))
            {
                cancellationToken.ThrowIfCancellationRequested();
                read(new DatabaseRow(statement));
            }
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Does everything, on the disk when this returns, or nothing.</summary>
    /// <param name="work">Writes. What it throws undoes everything and comes out.</param>
    /// <param name="cancellationToken">Stops before the commit.</param>
    public T Transaction<T>(Func<T> work, CancellationToken cancellationToken) => Within("BEGIN IMMEDIATE", work, cancellationToken);

    /// <summary>Reads in one snapshot.</summary>
    /// <inheritdoc cref="Transaction"/>
    internal T Snapshot<T>(Func<T> work, CancellationToken cancellationToken) => Within("BEGIN", work, cancellationToken);

    /// <summary>Moves the log into the database and empties it, so that what was deleted is nowhere any more.</summary>
    public void Checkpoint() => Run("PRAGMA wal_checkpoint(TRUNCATE)");

    internal void Close()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        _database.Dispose();
    }

    private T Within<T>(string begin, Func<T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        Run(begin);
        try
        {
            var result = work();
            cancellationToken.ThrowIfCancellationRequested();
            Run("COMMIT");
            return result;
        }
        finally
        {
            // What has ended a transaction already leaves nothing to undo.
            if (raw.sqlite3_get_autocommit(_database) == 0 && raw.sqlite3_exec(_database, "ROLLBACK") != raw.SQLITE_OK) IsBroken = true;
        }
    }

    private sqlite3_stmt Prepare(string sql, ReadOnlySpan<DatabaseValue> values)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(_database, sql, out statement));
            _statements[sql] = statement;
        }

        for (var i = 0; i < values.Length; i++) Check(values[i].BindTo(statement, i + 1));
        return statement;
    }

    private bool Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code == raw.SQLITE_ROW) return true;
        if (code != raw.SQLITE_DONE) Check(code);
        return false;
    }

    private void Check(int code)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW) return;
        IsBroken |= DatabaseErrors.IsBreaking(code);
        throw _errors.Of(code, raw.sqlite3_errmsg(_database).utf8_to_string());
    }
}
