namespace EdgeHost.PluginHost.Discovery;

/// <summary>A folder with a <c>plugin.json</c> as one look found it.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="IsImmutable">Whether its files never change while the host runs.</param>
/// <param name="Stamp">Its stamp, or null if it could not be taken.</param>
/// <param name="Problem">Why there is no stamp, or null; null together with no stamp means that files came or went meanwhile.</param>
internal sealed record FoundFolder(string Path, bool IsImmutable, FolderStamp? Stamp, string? Problem);
