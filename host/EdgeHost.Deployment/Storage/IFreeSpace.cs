namespace EdgeHost.Deployment.Storage;

/// <summary>Says how much room a disk has.</summary>
internal interface IFreeSpace
{
    /// <summary>Bytes that this user may still write, or null where nobody knows.</summary>
    long? AvailableBytes(string folder);
}
