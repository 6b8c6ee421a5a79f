namespace EdgeHost.Runtime.Conditions;

/// <summary>How hot the machine is.</summary>
public enum ThermalLevel
{
    /// <summary>Nothing to do, or no sensor.</summary>
    Nominal = 0,

    /// <summary>Near a trip point: training rests.</summary>
    Hot = 1,

    /// <summary>At or over a hot or critical trip point: only interactive work runs.</summary>
    Critical = 2,
}
