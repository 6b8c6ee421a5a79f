namespace EdgeHost.Disks;

/// <summary>The disk's own word.</summary>
public sealed class DriveSpace : IFreeSpace
{
    /// <inheritdoc/>
    public long? AvailableBytes(string folder)
    {
        try
        {
            // A folder that is not there yet will be on the disk of the nearest one above it.
            var existing = Path.GetFullPath(folder);
            while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } parent) existing = parent;
            return new DriveInfo(existing).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A file system without figures; a full disk is then noticed while writing.
            return null;
        }
    }
}
