namespace EdgeHost.Capabilities.Host;

/// <summary>How short the machine is of memory.</summary>
public enum MemoryPressureStatus
{
    /// <summary>Enough.</summary>
    None = 0,

    /// <summary>Idle models should go.</summary>
    Some = 1,

    /// <summary>Everything that can go should go.</summary>
    Severe = 2,
}
