namespace EdgeHost.Deployment.Storage;

/// <summary>The disk's own word.</summary>
internal sealed class DriveSpace : IFreeSpace
{
    public long? AvailableBytes(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
