namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>What a pulse oximeter says of its value.</summary>
[Flags]
public enum PulseOximeterStatus
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It still measures.</summary>
    Ongoing = 1 << 5,

    /// <summary>An early estimate.</summary>
    EarlyEstimate = 1 << 6,

    /// <summary>Validated.</summary>
    Validated = 1 << 7,

    /// <summary>Fully qualified.</summary>
    FullyQualified = 1 << 8,

    /// <summary>From the device's memory.</summary>
    FromStorage = 1 << 9,

    /// <summary>For a demonstration: no person's value.</summary>
    Demonstration = 1 << 10,

    /// <summary>For a test: no person's value.</summary>
    Testing = 1 << 11,

    /// <summary>It calibrates.</summary>
    Calibrating = 1 << 12,

    /// <summary>There is no value.</summary>
    Unavailable = 1 << 13,

    /// <summary>The value is questionable.</summary>
    Questionable = 1 << 14,

    /// <summary>The value is invalid.</summary>
    Invalid = 1 << 15,

    /// <summary>Those with which the value cannot be trusted.</summary>
    ValueFaults = Demonstration | Testing | Calibrating | Unavailable | Questionable | Invalid,
}
