namespace EdgeHost.Runtime.Health;

/// <summary>How the host, a device or a model is.</summary>
public enum HostHealthState
{
    /// <summary>Works.</summary>
    Ready = 0,

    /// <summary>Works, with something taken out or slow.</summary>
    Degraded = 1,

    /// <summary>The socket answers, but work does not get done.</summary>
    Stuck = 2,
}
