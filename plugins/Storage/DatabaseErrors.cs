using SQLitePCL;

namespace EdgeHost.Plugins.Storage;

/// <summary>
/// What SQLite and the disk say, as typed errors in the words of a database: <see cref="ErrorCode.ResourceExhausted"/>: the disk is full or the file at its limit;
/// <see cref="ErrorCode.DataLoss"/>: the database is damaged; <see cref="ErrorCode.Unavailable"/>: it cannot be used now, or another process holds it. A statement that SQLite refuses
/// is a fault of the plugin, an <see cref="InvalidOperationException"/>. Immutable.
/// </summary>
internal sealed class DatabaseErrors(DatabaseSpec spec)
{
    private const int PrimaryMask = 0xff;

    private static readonly TimeSpan CrowdedRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(1);

    private readonly DatabaseWords _words = spec.Words;

    /// <summary>Whether a connection that said so is closed, as it may be in any state.</summary>
    public static bool IsBreaking(int code)
        => (code & PrimaryMask) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_NOMEM;

    /// <summary>A result that is no success.</summary>
    /// <param name="code">SQLite's result; the upper bytes say more of it.</param>
    /// <param name="said">What SQLite says of it.</param>
    public Exception Of(int code, string said) => (code & PrimaryMask) switch
    {
        raw.SQLITE_FULL => new EdgeHostException(ErrorCode.ResourceExhausted, _words.WhenFull),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new EdgeHostException(ErrorCode.DataLoss, $"The database of the {_words.Subject} is damaged ({said}). {_words.WhenDamaged}"),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => InUse(),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_NOMEM => Unusable(said, null),
        _ => new InvalidOperationException($"SQLite failed with {code}: {said}"),
    };

    /// <summary>A failure of the file system.</summary>
    public EdgeHostException Of(Exception e) => Unusable(e.Message, e);

    public EdgeHostException InUse()
        => new(ErrorCode.Unavailable, $"The database of the {_words.Subject} is in use by another process, or by a version of the plugin that is about to end. Nothing was changed. Try again.") { RetryAfter = BusyRetry };

    public EdgeHostException Crowded()
        => new(ErrorCode.ResourceExhausted, $"{spec.QueueLimit} calls wait for the {_words.Subject} already. {_words.WhenCrowded}") { RetryAfter = CrowdedRetry };

    public EdgeHostException Closed() => new(ErrorCode.Unavailable, $"The database of the {_words.Subject} was closed: the plugin stops, or it was deleted. Try again.");

    public EdgeHostException Newer(int found, int known)
        => new(ErrorCode.FailedPrecondition, $"The database of the {_words.Subject} has form {found}, which a newer plugin has made; this one knows form {known}. Use the newer one.");

    private EdgeHostException Unusable(string said, Exception? cause)
        => new(ErrorCode.Unavailable, $"The database of the {_words.Subject} cannot be read or written now ({said}). Nothing was changed. Try again.", cause) { RetryAfter = BusyRetry };
}
