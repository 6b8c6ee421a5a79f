namespace EdgeHost.Disks;

/// <summary>What the operating system says of free disk space; a seam for tests. Thread-safe.</summary>
public interface IFreeSpace
{
    /// <summary>Bytes that this user may still write on the disk of a folder, or null where nothing is known. Throws nothing.</summary>
    /// <param name="folder">The folder, which need not be there yet.</param>
    long? AvailableBytes(string folder);
}
