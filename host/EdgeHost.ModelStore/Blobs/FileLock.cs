namespace EdgeHost.ModelStore.Blobs;

/// <summary>
/// A lock between processes, held through an open file: the operating system lets go of it when the holder ends, however it ends,
/// so there are no stale locks. The file itself stays; it is empty.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private const int WouldBlockLinux = 11;
    private const int WouldBlockMac = 35;
    private const int WindowsSharingViolation = unchecked((int)0x80070020);

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock alone, or together with other sharers.</summary>
    /// <param name="path">The lock's file; its folder exists.</param>
    /// <param name="shared">Whether other sharers may hold it at the same time.</param>
    /// <param name="timeout">How long to try.</param>
    /// <param name="time">The clock.</param>
    /// <param name="onWait">Called once when the lock is not free at once.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The lock, or null when the time passed.</returns>
    public static async Task<FileLock?> AcquireAsync(
        string path, bool shared, TimeSpan timeout, TimeProvider time, Action? onWait, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var wait = FirstWait;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryOpen(path, shared) is { } file) return new FileLock(file);
            onWait?.Invoke();
            onWait = null;
            var left = timeout - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero) return null;
            await Task.Delay(wait < left ? wait : left, time, cancellationToken).ConfigureAwait(false);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path, bool shared)
    {
        try
        {
            // Sharers must be able to open a file that does not exist yet, which reading alone cannot.
            if (shared && !File.Exists(path)) new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
            return new FileStream(
                path,
                shared ? FileMode.Open : FileMode.OpenOrCreate,
                shared ? FileAccess.Read : FileAccess.ReadWrite,
                shared ? FileShare.Read : FileShare.None,
                bufferSize: 0);
        }
        catch (IOException e) when (e.HResult is WindowsSharingViolation || e.HResult == (OperatingSystem.IsMacOS() ? WouldBlockMac : WouldBlockLinux))
        {
            return null;
        }
    }
}
