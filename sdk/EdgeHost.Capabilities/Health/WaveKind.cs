namespace EdgeHost.Capabilities.Health;

/// <summary>What a recorded wave is of.</summary>
public enum WaveKind
{
    /// <summary>An ECG of one lead, in millivolts.</summary>
    Ecg = 0,

    /// <summary>The pulse signal of a light sensor, in any unit.</summary>
    Ppg = 1,
}
