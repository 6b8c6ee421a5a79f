namespace EdgeHost.Capabilities.Health;

/// <summary>How far a stretch of a signal can be trusted.</summary>
public enum SignalQualityLevel
{
    /// <summary>Clean.</summary>
    Good = 0,

    /// <summary>Noisy, but beats stand out.</summary>
    Fair = 1,

    /// <summary>Beats do not stand out reliably: no rhythm, rate or variability is said of it.</summary>
    Poor = 2,

    /// <summary>There is no signal: a flat line, a lead that is off, missing values.</summary>
    None = 3,
}
