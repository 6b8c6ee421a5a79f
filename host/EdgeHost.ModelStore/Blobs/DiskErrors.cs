namespace EdgeHost.ModelStore.Blobs;

/// <summary>Tells a full disk from other failures of the file system.</summary>
internal static class DiskErrors
{
    private const int NoSpace = 28;
    private const int QuotaExceededLinux = 122;
    private const int QuotaExceededMac = 69;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    public static bool IsFull(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsHandleDiskFull or WindowsDiskFull
        : exception.HResult == NoSpace || exception.HResult == (OperatingSystem.IsMacOS() ? QuotaExceededMac : QuotaExceededLinux);

    public static EdgeHostException Full(string what, Exception cause) => new(
        ErrorCode.ResourceExhausted,
        $"The disk became full while writing {what}. Free some space and pull again: what is complete so far is kept.",
        cause);
}
