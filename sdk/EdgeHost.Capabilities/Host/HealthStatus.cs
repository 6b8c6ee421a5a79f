namespace EdgeHost.Capabilities.Host;

/// <summary>How the host, a device or a model is.</summary>
public enum HealthStatus
{
    /// <summary>Work gets done.</summary>
    Ready = 0,

    /// <summary>It serves, and something is wrong: a device was taken out, a model fails, a plugin does not work.</summary>
    Degraded = 1,

    /// <summary>It answers, but model steps do not get done.</summary>
    Stuck = 2,
}
