namespace EdgeHost.Learning.Storage;

/// <summary>What the operating system says of free disk space; a seam for tests.</summary>
internal interface IFreeSpace
{
    /// <summary>Bytes that this user may still write on the disk of a folder, or null where nothing is known.</summary>
    long? AvailableBytes(string folder);
}
