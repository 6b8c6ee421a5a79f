namespace EdgeHost.Capabilities.Host;

/// <summary>How the host is.</summary>
public enum HealthStatus
{
    /// <summary>Everything works.</summary>
    Ok = 0,

    /// <summary>It serves, and something is wrong; the problems say what.</summary>
    Degraded = 1,

    /// <summary>It finishes its last calls and takes no new ones.</summary>
    Draining = 2,
}
