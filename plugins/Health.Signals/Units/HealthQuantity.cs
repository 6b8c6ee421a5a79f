namespace EdgeHost.Plugins.Health.Signals.Units;

/// <summary>What is measured. Each has one unit in which it is kept.</summary>
public enum HealthQuantity
{
    /// <summary>Heart or pulse rate, <c>/min</c>.</summary>
    Rate = 1,

    /// <summary>A short time such as an RR interval, <c>ms</c>.</summary>
    Interval = 2,

    /// <summary>Pressure, <c>mm[Hg]</c>.</summary>
    Pressure = 3,

    /// <summary>Glucose, <c>mg/dL</c>.</summary>
    Glucose = 4,

    /// <summary>A share such as oxygen saturation, <c>%</c>.</summary>
    Percentage = 5,

    /// <summary>Temperature, <c>Cel</c>.</summary>
    Temperature = 6,

    /// <summary>Weight, <c>kg</c>.</summary>
    Mass = 7,

    /// <summary>Height or distance, <c>m</c>.</summary>
    Length = 8,

    /// <summary>A count such as steps, <c>1</c>.</summary>
    Count = 9,

    /// <summary>A long time such as sleep, <c>min</c>.</summary>
    Duration = 10,

    /// <summary>Voltage of an ECG, <c>mV</c>.</summary>
    Voltage = 11,

    /// <summary>Energy, <c>kcal</c>.</summary>
    Energy = 12,
}
