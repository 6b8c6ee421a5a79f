namespace EdgeHost.Host.Hosting;

/// <summary>How much the host logs.</summary>
public enum HostVerbosity
{
    /// <summary>Warnings and errors.</summary>
    Problems,

    /// <summary>Also what starts, stops and changes.</summary>
    Events,

    /// <summary>Also each connection, and what is only of interest when something is looked for.</summary>
    Details,
}
