namespace EdgeHost.Capabilities.Health;

/// <summary>What a stretch of beats looks like. It is what timing and shape show in one lead, and no diagnosis.</summary>
public enum RhythmLabel
{
    /// <summary>The signal is poor or missing, or there are too few beats.</summary>
    CannotTell = 0,

    /// <summary>Regular at an ordinary rate.</summary>
    Sinus = 1,

    /// <summary>Regular and slow.</summary>
    Bradycardia = 2,

    /// <summary>Regular and fast.</summary>
    Tachycardia = 3,

    /// <summary>So irregular that atrial fibrillation is suspected; a doctor can tell.</summary>
    AtrialFibrillationSuspected = 4,

    /// <summary>No beat for longer than the limit, with a signal.</summary>
    Pause = 5,

    /// <summary>Three or more ventricular beats in a row at more than 100 a minute.</summary>
    VentricularRun = 6,
}
