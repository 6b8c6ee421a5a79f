namespace EdgeHost.Plugins.Health.Signals.Glucose;

/// <summary>The limits of episodes (Battelino et al. 2019; Danne et al. 2017, Diabetes Care 40:1631).</summary>
public enum GlucoseEpisodeKind
{
    /// <summary>Below 70 mg/dL, level 1.</summary>
    Low = 1,

    /// <summary>Below 54 mg/dL, level 2: clinically important.</summary>
    VeryLow = 2,

    /// <summary>Above 180 mg/dL, level 1.</summary>
    High = 3,

    /// <summary>Above 250 mg/dL, level 2.</summary>
    VeryHigh = 4,
}
