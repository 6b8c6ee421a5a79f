using SQLitePCL;

namespace EdgeHost.Plugins.Recommendation.Storage;

/// <summary>
/// A database file: statements whose parameters are <c>?1</c>, <c>?2</c> and so on, prepared once. A commit is on the disk when it returns, also when the power fails. Used by one caller at a time.
/// </summary>
internal sealed class SqliteFile : IDisposable
{
    private const int PageBytes = 4096;
    private const int BusyMilliseconds = 5000;

    private readonly Dictionary<string, sqlite3_stmt> _statements = new(StringComparer.Ordinal);
    private readonly sqlite3 _database;

    private SqliteFile(sqlite3 database) => _database = database;

    /// <summary>Opens a file, and makes it if it may write.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="isReader">Whether it only reads.</param>
    /// <param name="mostMegabytes">What the file may grow to.</param>
    /// <exception cref="EdgeHostException">As <see cref="Failed"/> says.</exception>
    public static SqliteFile Open(string path, bool isReader, int mostMegabytes)
    {
        Batteries_V2.Init();
        var flags = raw.SQLITE_OPEN_NOMUTEX | (isReader ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var database, flags, null);
        var file = new SqliteFile(database);
        try
        {
            if (code != raw.SQLITE_OK) throw file.Failed(code);
            raw.sqlite3_busy_timeout(database, BusyMilliseconds);
            file.Run("PRAGMA trusted_schema = OFF");
            if (!isReader)
            {
                if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
                file.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA secure_delete = ON");
                file.Run($"PRAGMA max_page_count = {mostMegabytes * (1L << 20) / PageBytes}");
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Runs constant statements without parameters.</summary>
    public void Run(string sql)
    {
        var code = raw.sqlite3_exec(_database, sql);
        if (code != raw.SQLITE_OK) throw Failed(code);
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>How many rows it inserted, changed or deleted.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql, values);
        try
        {
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
            }

            return code == raw.SQLITE_DONE ? raw.sqlite3_changes(_database) : throw Failed(code);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The whole number of the first row; 0 without a row.</summary>
    public long Integer(string sql, params ReadOnlySpan<object?> values)
    {
        var result = 0L;
        Read(sql, row => result = row.Integer(0), CancellationToken.None, values);
        return result;
    }

    /// <summary>All rows.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteRow, T> make, params ReadOnlySpan<object?> values)
    {
        var rows = new List<T>();
        Read(sql, row => rows.Add(make(row)), CancellationToken.None, values);
        return rows;
    }

    /// <summary>Reads row by row.</summary>
    public void Read(string sql, Action<SqliteRow> read, CancellationToken cancellationToken, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql, values);
        try
        {
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                cancellationToken.ThrowIfCancellationRequested();
                read(new SqliteRow(statement));
            }

            if (code != raw.SQLITE_DONE) throw Failed(code);
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Does everything or nothing.</summary>
    public T Transaction<T>(Func<T> work)
    {
        Run("BEGIN IMMEDIATE");
        try
        {
            var result = work();
            Run("COMMIT");
            return result;
        }
        catch
        {
            // What has ended a transaction already leaves nothing to undo.
            if (raw.sqlite3_get_autocommit(_database) == 0) Run("ROLLBACK");
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        _database.Dispose();
    }

    private sqlite3_stmt Prepare(string sql, ReadOnlySpan<object?> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var code = raw.sqlite3_prepare_v2(_database, sql, out statement);
            if (code != raw.SQLITE_OK) throw Failed(code);
            _statements[sql] = statement;
        }

        for (var i = 0; i < values.Length; i++)
        {
            var code = values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                long number => raw.sqlite3_bind_int64(statement, i + 1, number),
                int number => raw.sqlite3_bind_int64(statement, i + 1, number),
                bool flag => raw.sqlite3_bind_int64(statement, i + 1, flag ? 1 : 0),
                double number => raw.sqlite3_bind_double(statement, i + 1, number),
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                var other => throw new ArgumentException($"A {other.GetType()} is no value of a database.", nameof(values)),
            };
            if (code != raw.SQLITE_OK) throw Failed(code);
        }

        return statement;
    }

    /// <summary>The failure as a typed error.</summary>
    private EdgeHostException Failed(int code)
    {
        var said = raw.sqlite3_errmsg(_database).utf8_to_string();
        return (code & 0xff) switch
        {
            raw.SQLITE_FULL => new EdgeHostException(
                ErrorCode.ResourceExhausted, "The catalogue has reached the plugin's setting 'recommendation:max_megabytes', or the disk is full. Nothing of the call was kept. Forget something, or make room."),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new EdgeHostException(ErrorCode.DataLoss, $"The catalogue's database is damaged ({said}). Forget the catalogue ('everything') and put it anew."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new EdgeHostException(ErrorCode.Unavailable, "The catalogue's database is in use by another process. Try again."),
            _ => new EdgeHostException(ErrorCode.Unavailable, $"The catalogue's database cannot be used now ({said}). Nothing of the call was kept. Try again."),
        };
    }
}
