using Microsoft.Data.Sqlite;

namespace EdgeHost.Learning.Storage;

/// <summary>What the disk and the database say, in the words of callers.</summary>
internal static class StoreErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;
    private const int NoSpace = 28;
    private const int QuotaExceededLinux = 122;
    private const int QuotaExceededMac = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>Whether a failure is one of the disk or the database, for <see cref="Map(Exception)"/>.</summary>
    public static bool IsKnown(Exception e) => e is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>The failure as a typed error.</summary>
    public static EdgeHostException Map(Exception e) => e switch
    {
        SqliteException sqlite => Map(sqlite),
        IOException io when IsDiskFull(io) => DiskFull(e),
        _ => new EdgeHostException(ErrorCode.Unavailable, "The folder of examples cannot be read or written now; the host's log says why. Nothing of this call was kept.", e),
    };

    /// <summary>The disk has no room.</summary>
    public static EdgeHostException DiskFull(Exception? cause = null) => new(
        ErrorCode.ResourceExhausted, "The disk is full: nothing of this call was kept, what was recorded before is safe. Free some space, or delete examples with training.delete.", cause);

    /// <summary>A blob is gone or altered.</summary>
    public static EdgeHostException LostContent(long example) => new(
        ErrorCode.DataLoss, $"The content of example {example} is missing or was altered on the disk. Delete its dataset, or restore the folder from a backup.");

    private static EdgeHostException Map(SqliteException e) => e.SqliteErrorCode switch
    {
        Full => DiskFull(e),
        Busy or Locked => new EdgeHostException(ErrorCode.Unavailable, "Another process works on the examples at the moment. Try again.", e) { RetryAfter = RetryAfter },
        Corrupt or NotADatabase => new EdgeHostException(
            ErrorCode.DataLoss,
            "The database of examples is damaged, so nothing is recorded. Stop the host and move the folder 'learning' of its home folder away, or restore it from a backup.",
            e),
        ReadOnly or CannotOpen or InputOutput => new EdgeHostException(
            ErrorCode.Unavailable, "The database of examples cannot be opened or written; the host's log says why. Nothing of this call was kept.", e),
        _ => new EdgeHostException(ErrorCode.Internal, "The database of examples failed; the host's log says why. Nothing of this call was kept.", e),
    };

    private static bool IsDiskFull(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsHandleDiskFull or WindowsDiskFull
        : exception.HResult == NoSpace || exception.HResult == (OperatingSystem.IsMacOS() ? QuotaExceededMac : QuotaExceededLinux);
}
