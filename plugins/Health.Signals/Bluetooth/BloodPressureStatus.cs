namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>What was wrong when blood pressure was measured.</summary>
[Flags]
public enum BloodPressureStatus
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The person moved.</summary>
    BodyMovement = 1 << 0,

    /// <summary>The cuff was too loose.</summary>
    CuffTooLoose = 1 << 1,

    /// <summary>The pulse was irregular.</summary>
    IrregularPulse = 1 << 2,

    /// <summary>The pulse was faster than the device measures well.</summary>
    PulseTooFast = 1 << 3,

    /// <summary>The pulse was slower than the device measures well.</summary>
    PulseTooSlow = 1 << 4,

    /// <summary>The arm or wrist was not at the level of the heart.</summary>
    ImproperPosition = 1 << 5,

    /// <summary>Those with which the value cannot be trusted.</summary>
    ValueFaults = BodyMovement | CuffTooLoose | ImproperPosition,
}
