namespace EdgeHost.Capabilities.Health;

/// <summary>By which guideline blood pressure is classified.</summary>
public enum BloodPressureScheme
{
    /// <summary>ACC/AHA 2017 (Whelton et al., Hypertension 71:e13).</summary>
    AccAha2017 = 0,

    /// <summary>ESC/ESH 2018 (Williams et al., Eur Heart J 39:3021), kept by ESH 2023.</summary>
    EscEsh2018 = 1,

    /// <summary>ESC 2024 (McEvoy et al., Eur Heart J 45:3912).</summary>
    Esc2024 = 2,
}
