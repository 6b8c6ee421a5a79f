namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>A heart beat.</summary>
/// <param name="Sample">The largest deflection of its QRS complex, as a sample of the signal.</param>
/// <param name="Kind">What kind of beat it is.</param>
/// <param name="IntervalMs">Milliseconds since the beat before; NaN for the first one and after a stretch without signal.</param>
/// <param name="Match">How alike its shape is to this person's usual beat: a correlation, −1 to 1.</param>
/// <param name="Quality">The signal's quality around it.</param>
public readonly record struct EcgBeat(long Sample, BeatKind Kind, double IntervalMs, double Match, Quality.SignalQuality Quality)
{
    /// <summary>How long the complex would last if it were all as high as its peak, in ms: about 40 to 60 for a narrow one, half of what is read off a print.</summary>
    public double WidthMs { get; init; }
}
