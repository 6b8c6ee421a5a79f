namespace EdgeHost.Capabilities.Models;

/// <summary>What a pull is doing.</summary>
public enum PullPhase
{
    /// <summary>Looking up what is needed and where it is.</summary>
    Resolve = 0,

    /// <summary>Getting bytes.</summary>
    Download = 1,

    /// <summary>Comparing sizes and SHA-256.</summary>
    Verify = 2,

    /// <summary>Putting files into place.</summary>
    Install = 3,

    /// <summary>Finished.</summary>
    Done = 4,
}
