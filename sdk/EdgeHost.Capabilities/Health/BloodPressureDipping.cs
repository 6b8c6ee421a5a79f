namespace EdgeHost.Capabilities.Health;

/// <summary>How far pressure falls at night (O'Brien et al. 2013, ESH position paper on ambulatory monitoring, J Hypertens 31:1731).</summary>
public enum BloodPressureDipping
{
    /// <summary>Too few readings by day or by night: 20 and 7 are needed.</summary>
    CannotTell = 0,

    /// <summary>By more than 20 %.</summary>
    Extreme = 1,

    /// <summary>By 10 to 20 %: the usual.</summary>
    Dipper = 2,

    /// <summary>By less than 10 %.</summary>
    NonDipper = 3,

    /// <summary>It rises.</summary>
    Rising = 4,
}
