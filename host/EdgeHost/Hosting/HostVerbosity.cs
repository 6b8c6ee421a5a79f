namespace EdgeHost.Host.Hosting;

/// <summary>How much the host logs.</summary>
internal enum HostVerbosity
{
    /// <summary>Warnings and errors.</summary>
    Problems,

    /// <summary>Also what starts, stops and changes.</summary>
    Events,

    /// <summary>Also every call.</summary>
    Calls,
}
