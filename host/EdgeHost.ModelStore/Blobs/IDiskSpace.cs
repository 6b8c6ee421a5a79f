namespace EdgeHost.ModelStore.Blobs;

/// <summary>What the operating system says of free disk space; a seam for tests.</summary>
internal interface IDiskSpace
{
    /// <summary>Bytes that this user may still write on the disk that holds an existing folder, or null where nothing is known.</summary>
    long? GetAvailableBytes(string folder);
}
