namespace EdgeHost.ModelStore;

/// <summary>What a pull is doing.</summary>
public enum PullPhase
{
    /// <summary>Comparing what is there with the manifest.</summary>
    Checking,

    /// <summary>Waiting for another pull of the same bytes.</summary>
    Waiting,

    /// <summary>Copying from a mirror or a local file.</summary>
    Copying,

    /// <summary>Receiving from a server or through the npm client.</summary>
    Downloading,

    /// <summary>Taking files out of a received package.</summary>
    Unpacking,

    /// <summary>Making the graph of files of another format.</summary>
    Importing,

    /// <summary>Everything is installed.</summary>
    Completed,
}
