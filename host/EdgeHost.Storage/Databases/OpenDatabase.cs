using EdgeHost.Disks;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeHost.Storage.Databases;

/// <summary>
/// The one open connection and its transaction. The lock of another process is never waited for here, where it would hold a thread. Used by one caller at a time.
/// </summary>
internal sealed class OpenDatabase : IDisposable
{
    // Statements within a transaction wait for nobody in ordinary use; a second covers the moment in which another process closes the file.
    private const int StatementTimeoutSeconds = 1;

    private readonly SqliteConnection _connection;

    private OpenDatabase(SqliteConnection connection) => _connection = connection;

    /// <summary>Whether a transaction could not be undone, so that nothing more can be done with this connection.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Opens the database, and makes it or brings it up to date.</summary>
    /// <returns>Null if another process holds the lock.</returns>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    /// <exception cref="IOException">Its folder cannot be made.</exception>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.FailedPrecondition"/>: a newer host has made it.</exception>
    public static OpenDatabase? TryOpen(StoreSpec spec, StoreErrors errors)
    {
        Batteries_V2.Init();
        PrivateFolders.Create(spec.Folder);
        var path = Path.Combine(spec.Folder, spec.FileName);

        // SQLite would let everybody read the file, and takes its mode for those beside it.
        PrivateFiles.Ensure(path);
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true, DefaultTimeout = StatementTimeoutSeconds };
        var open = new OpenDatabase(new SqliteConnection(text.ToString()));
        var isReady = false;
        try
        {
            open._connection.Open();
            isReady = open.Prepare(spec.Schema, errors);
            return isReady ? open : null;
        }
        catch (SqliteException e) when (StoreErrors.IsInUse(e))
        {
            return null;
        }
        finally
        {
            if (!isReady) open.Dispose();
        }
    }

    /// <summary>Begins a transaction.</summary>
    /// <param name="writes">Whether it takes the lock for writing; otherwise it is a snapshot.</param>
    /// <returns>What it is used through, or null if another process holds the lock.</returns>
    public StoreConnection? TryBegin(bool writes)
    {
        // A snapshot is taken with the first look.
        var code = raw.sqlite3_exec(_connection.Handle, writes ? "BEGIN IMMEDIATE" : "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1");
        if (code == raw.SQLITE_OK) return new StoreConnection(_connection);
        if (!StoreErrors.IsInUse(code)) SqliteException.ThrowExceptionForRC(code, _connection.Handle);
        RollBack();
        return null;
    }

    /// <summary>Brings the transaction to the disk.</summary>
    public void Commit()
    {
        var code = raw.sqlite3_exec(_connection.Handle, "COMMIT");
        if (code != raw.SQLITE_OK) SqliteException.ThrowExceptionForRC(code, _connection.Handle);
    }

    /// <summary>Undoes the transaction, if there is one. Throws nothing.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0 && raw.sqlite3_exec(_connection.Handle, "ROLLBACK") != raw.SQLITE_OK) IsBroken = true;
    }

    /// <summary>Moves the log into the database and empties it.</summary>
    /// <returns>Whether nothing is left in it; something is while another process reads.</returns>
    public bool Checkpoint()
        => new StoreConnection(_connection).Rows("PRAGMA wal_checkpoint(TRUNCATE)", static row => row.GetInt64(0) == 0).TrueForAll(static isDone => isDone);

    public void Dispose() => _connection.Dispose();

    private bool Prepare(StoreSchema schema, StoreErrors errors)
    {
        var direct = new StoreConnection(_connection);

        // FULL: a commit is on the disk when it returns, also when the power fails; on Apple's systems that takes another call. Deleted rows are overwritten.
        direct.Execute("PRAGMA journal_mode = WAL");
        direct.Execute("PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF");
        var form = StoreSchema.FormOf(direct);
        if (form > schema.Form) throw errors.Newer(form);
        if (form == schema.Form) return true;
        if (TryBegin(writes: true) is not { } connection) return false;
        try
        {
            // Another process may have been faster, also a newer one.
            form = StoreSchema.FormOf(connection);
            if (form > schema.Form) throw errors.Newer(form);
            schema.Ensure(connection);
            Commit();
            return true;
        }
        catch
        {
            RollBack();
            throw;
        }
    }
}
