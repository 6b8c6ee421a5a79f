namespace EdgeHost.Capabilities.Health;

/// <summary>Where readings were taken: guidelines have limits of their own for each.</summary>
public enum BloodPressureSetting
{
    /// <summary>At a doctor's.</summary>
    Office = 0,

    /// <summary>At home.</summary>
    Home = 1,

    /// <summary>By a device that measures for 24 hours.</summary>
    Ambulatory24h = 2,
}
