using EdgeHost.Disks;
using Microsoft.Data.Sqlite;

namespace EdgeHost.Storage.Databases;

/// <summary>What the disk and the database say, in the words of a store. Immutable.</summary>
public sealed class StoreErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    private static readonly TimeSpan CrowdedRetry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BusyRetry = TimeSpan.FromSeconds(1);

    private readonly StoreSpec _spec;
    private readonly StoreWords _words;

    internal StoreErrors(StoreSpec spec) => (_spec, _words) = (spec, spec.Words);

    /// <summary>Whether a failure is one of the disk or the database, for <see cref="Map"/>.</summary>
    public static bool IsKnown(Exception e) => e is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>
    /// The failure as a typed error: <see cref="ErrorCode.ResourceExhausted"/> for a full disk, <see cref="ErrorCode.DataLoss"/> for a damaged database,
    /// <see cref="ErrorCode.Unavailable"/> for one that cannot be used now, <see cref="ErrorCode.Internal"/> for a statement that the database refuses.
    /// </summary>
    public EdgeHostException Map(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: Full } => DiskFull(e),
        SqliteException { SqliteErrorCode: Busy or Locked } => InUse(e),
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => Damaged(e),
        SqliteException { SqliteErrorCode: ReadOnly or InputOutput or CannotOpen } => Unusable(e),
        SqliteException => new EdgeHostException(ErrorCode.Internal, $"The database of {_words.Subject} failed: {_words.Unchanged}. The host's log says why.", e),
        IOException io when DiskErrors.IsFull(io) => DiskFull(e),
        _ => Unusable(e),
    };

    /// <summary>The disk has no room.</summary>
    public EdgeHostException DiskFull(Exception? cause = null) => new(ErrorCode.ResourceExhausted, $"The disk is full: {_words.Unchanged}. {_words.MakeRoom}", cause);

    /// <summary>Whether another process holds the lock.</summary>
    internal static bool IsInUse(SqliteException e) => IsInUse(e.SqliteErrorCode);

    /// <inheritdoc cref="IsInUse(SqliteException)"/>
    /// <param name="code">SQLite's result; the upper bytes say more of it.</param>
    internal static bool IsInUse(int code) => (code & 0xff) is Busy or Locked;

    internal EdgeHostException InUse(Exception? cause = null)
        => new(ErrorCode.Unavailable, $"Another process works on the {_words.Subject} at the moment. Try again.", cause) { RetryAfter = BusyRetry };

    internal EdgeHostException Crowded()
        => new(ErrorCode.ResourceExhausted, $"{_spec.QueueLimit} calls wait for the {_words.Subject} already. {_words.WhenCrowded}") { RetryAfter = CrowdedRetry };

    internal EdgeHostException Closed() => new(ErrorCode.Unavailable, $"The database of {_words.Subject} is closed: the host stops.");

    internal EdgeHostException Newer(int form) => new(
        ErrorCode.FailedPrecondition,
        $"The {_words.Subject} on this device are in form {form}, which a newer host has made; this one knows form {_spec.Schema.Form}. "
        + $"Use the newer host, or move the folder '{FolderName}' away.");

    private string FolderName => Path.GetFileName(Path.TrimEndingDirectorySeparator(_spec.Folder));

    private EdgeHostException Damaged(Exception cause) => new(
        ErrorCode.DataLoss,
        $"The database of {_words.Subject} is damaged: {_words.Damage}. Stop the host and move the folder '{FolderName}' away, or restore it from a backup.",
        cause);

    private EdgeHostException Unusable(Exception cause)
        => new(ErrorCode.Unavailable, $"The folder of {_words.Subject} cannot be read or written now: {_words.Unchanged}. The host's log says why.", cause);
}
