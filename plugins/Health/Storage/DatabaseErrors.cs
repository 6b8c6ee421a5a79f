using SQLitePCL;

namespace EdgeHost.Plugins.Health.Storage;

/// <summary>What SQLite says, as typed errors.</summary>
internal static class DatabaseErrors
{
    private const int PrimaryMask = 0xff;

    /// <exception cref="EdgeHostException">
    /// <see cref="ErrorCode.ResourceExhausted"/>: the disk is full; <see cref="ErrorCode.DataLoss"/>: the database is damaged; <see cref="ErrorCode.Unavailable"/>: it
    /// cannot be used now.
    /// </exception>
    public static void Check(int code, sqlite3 database)
    {
        if (code is raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW) return;
        throw (code & PrimaryMask) switch
        {
            raw.SQLITE_FULL => new EdgeHostException(ErrorCode.ResourceExhausted, "The disk is full: nothing was kept. Free some space."),
            raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new EdgeHostException(
                ErrorCode.DataLoss, "The database of health data is damaged. Stop the host and move the plugin's data folder away, or restore it from a backup."),
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY => new EdgeHostException(
                ErrorCode.Unavailable, "The database of health data cannot be read or written now: nothing was changed. Try again.") { RetryAfter = TimeSpan.FromSeconds(1) },
            _ => new InvalidOperationException($"SQLite failed with {code}: {raw.sqlite3_errmsg(database).utf8_to_string()}"),
        };
    }
}
