using Microsoft.Data.Sqlite;

namespace EdgeHost.Deployment.Storage;

/// <summary>What the disk and the database say, in the words of callers.</summary>
internal static class StoreErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int NotADatabase = 26;
    private const int NoSpace = 28;
    private const int QuotaExceededLinux = 122;
    private const int QuotaExceededMac = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>Whether a failure is one of the disk or the database, for <see cref="Map"/>.</summary>
    public static bool IsKnown(Exception e) => e is SqliteException or IOException or UnauthorizedAccessException;

    /// <summary>The failure as a typed error.</summary>
    public static EdgeHostException Map(Exception e) => e switch
    {
        SqliteException { SqliteErrorCode: Full } => DiskFull(e),
        SqliteException { SqliteErrorCode: Busy or Locked } => new EdgeHostException(
            ErrorCode.Unavailable, "Another process works on the versions at the moment. Try again.", e)
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        },
        SqliteException { SqliteErrorCode: Corrupt or NotADatabase } => new EdgeHostException(
            ErrorCode.DataLoss,
            "The records of versions are damaged: shipped versions serve. Stop the host and move the folder 'deployment' of its home folder away, or restore it from a backup.",
            e),
        IOException io when IsDiskFull(io) => DiskFull(e),
        _ => new EdgeHostException(ErrorCode.Unavailable, "The folder of versions cannot be read or written now; the host's log says why. Nothing was changed.", e),
    };

    private static EdgeHostException DiskFull(Exception cause) => new(
        ErrorCode.ResourceExhausted, "The disk is full: nothing was changed, the versions that were there serve. Free some space.", cause);

    private static bool IsDiskFull(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsHandleDiskFull or WindowsDiskFull
        : exception.HResult == NoSpace || exception.HResult == (OperatingSystem.IsMacOS() ? QuotaExceededMac : QuotaExceededLinux);
}
