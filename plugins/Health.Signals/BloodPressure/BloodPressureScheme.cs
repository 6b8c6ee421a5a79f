namespace EdgeHost.Plugins.Health.Signals.BloodPressure;

/// <summary>Whose categories are used.</summary>
public enum BloodPressureScheme
{
    /// <summary>ACC/AHA 2017 (Whelton et al. 2018, Hypertension 71:e13).</summary>
    AccAha2017 = 1,

    /// <summary>ESC/ESH 2018 (Williams et al. 2018, Eur Heart J 39:3021), kept by ESH 2023.</summary>
    EscEsh2018 = 2,

    /// <summary>ESC 2024 (McEvoy et al. 2024, Eur Heart J 45:3912).</summary>
    Esc2024 = 3,
}
