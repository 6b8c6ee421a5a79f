namespace EdgeHost.Plugins.Health.Signals.Bluetooth;

/// <summary>The characteristics whose values are decoded, by their numbers among Bluetooth's assigned ones.</summary>
public enum GattCharacteristic
{
    /// <summary>Temperature Measurement of the Health Thermometer Service.</summary>
    TemperatureMeasurement = 0x2A1C,

    /// <summary>Glucose Measurement of the Glucose Service.</summary>
    GlucoseMeasurement = 0x2A18,

    /// <summary>Glucose Measurement Context of the Glucose Service.</summary>
    GlucoseContext = 0x2A34,

    /// <summary>Blood Pressure Measurement of the Blood Pressure Service.</summary>
    BloodPressureMeasurement = 0x2A35,

    /// <summary>Heart Rate Measurement of the Heart Rate Service.</summary>
    HeartRateMeasurement = 0x2A37,

    /// <summary>PLX Spot-Check Measurement of the Pulse Oximeter Service.</summary>
    PulseOximeterSpotCheck = 0x2A5E,

    /// <summary>PLX Continuous Measurement of the Pulse Oximeter Service.</summary>
    PulseOximeterContinuous = 0x2A5F,

    /// <summary>Weight Measurement of the Weight Scale Service.</summary>
    WeightMeasurement = 0x2A9D,
}
