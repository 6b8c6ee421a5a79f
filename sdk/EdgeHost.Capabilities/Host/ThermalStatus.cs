namespace EdgeHost.Capabilities.Host;

/// <summary>How hot the machine is.</summary>
public enum ThermalStatus
{
    /// <summary>Nothing to do, or no sensor.</summary>
    Nominal = 0,

    /// <summary>Near a trip point: background work rests.</summary>
    Hot = 1,

    /// <summary>At a critical trip point: only interactive work runs.</summary>
    Critical = 2,
}
