namespace EdgeHost.Plugins.Health.Signals.Rhythm;

/// <summary>What a stretch of beats looks like. It is what timing and shape show in one lead, and no diagnosis.</summary>
public enum RhythmKind
{
    /// <summary>It cannot be told: the signal is poor or missing, or there are too few beats.</summary>
    CannotTell = 0,

    /// <summary>At an ordinary rate, and regular or irregular by a rule, such as breathing, premature beats or dropped ones. P waves are not looked at, so "sinus" is an inference.</summary>
    Sinus = 1,

    /// <summary>The same, slow.</summary>
    Bradycardia = 2,

    /// <summary>The same, fast.</summary>
    Tachycardia = 3,

    /// <summary>Irregular without a rule, so that atrial fibrillation is suspected.</summary>
    AtrialFibrillationSuspected = 4,

    /// <summary>No beat for longer than the limit, with a signal.</summary>
    Pause = 5,

    /// <summary>Three or more ventricular beats in a row at more than 100 a minute (2017 AHA/ACC/HRS guideline on ventricular arrhythmias, Circulation 138:e272).</summary>
    VentricularRun = 6,
}
