namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>What was wrong when a glucose meter measured.</summary>
[Flags]
public enum GlucoseSensorStatus
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The battery was low.</summary>
    BatteryLow = 1 << 0,

    /// <summary>The sensor malfunctioned.</summary>
    Malfunction = 1 << 1,

    /// <summary>There was too little blood.</summary>
    SampleTooSmall = 1 << 2,

    /// <summary>The strip was not inserted well.</summary>
    StripInsertion = 1 << 3,

    /// <summary>The strip was of a wrong type.</summary>
    StripType = 1 << 4,

    /// <summary>The value is above what the meter measures.</summary>
    ResultTooHigh = 1 << 5,

    /// <summary>The value is below what the meter measures.</summary>
    ResultTooLow = 1 << 6,

    /// <summary>The meter was too warm.</summary>
    TooWarm = 1 << 7,

    /// <summary>The meter was too cold.</summary>
    TooCold = 1 << 8,

    /// <summary>The strip was pulled out too early.</summary>
    Interrupted = 1 << 9,

    /// <summary>Another fault.</summary>
    GeneralFault = 1 << 10,

    /// <summary>The time may be wrong.</summary>
    TimeFault = 1 << 11,

    /// <summary>Those with which the value cannot be trusted.</summary>
    ValueFaults = Malfunction | SampleTooSmall | StripInsertion | StripType | ResultTooHigh | ResultTooLow | TooWarm | TooCold | Interrupted | GeneralFault,
}
