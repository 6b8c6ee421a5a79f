namespace EdgeHost.ModelStore.Blobs;

/// <summary>Free disk space as the platform's drive list reports it.</summary>
internal sealed class DriveDiskSpace : IDiskSpace
{
    public long? GetAvailableBytes(string folder)
    {
        try
        {
            return new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(folder)! : folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system without figures; a full disk is then noticed while writing.
            return null;
        }
    }
}
