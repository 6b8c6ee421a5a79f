namespace EdgeHost.PluginHost;

/// <summary>A directory whose child folders are plugins.</summary>
public sealed class PluginDirectory
{
    /// <summary>The directory; it may be missing and appear later.</summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// The files never change while the host runs (the host's own plugins): they are loaded where they are, without a copy, and looked
    /// at once. Overwriting an assembly there while it is loaded can crash the process.
    /// </summary>
    public bool IsImmutable { get; set; }
}
