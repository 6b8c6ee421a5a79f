namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>A QRS complex as found: before it is known what kind of beat it is.</summary>
/// <param name="Sample">Its largest deflection.</param>
/// <param name="Centre">The middle of its energy, by which it was found.</param>
/// <param name="Height">The height of the feature there, in mV.</param>
internal readonly record struct QrsPeak(long Sample, long Centre, double Height)
{
    /// <summary>Whether it barely stands out of noise.</summary>
    public bool IsDoubtful { get; init; }
}
