namespace EdgeHost.Plugins.Health.Signals.Ecg;

/// <summary>Limits of an analysis. The defaults are those of the guidelines named beside them. Immutable.</summary>
public sealed record EcgOptions
{
    /// <summary>The lowest accepted rate: QRS complexes have energy to about 40 Hz.</summary>
    public const double LeastRateHz = 100;

    /// <summary>The highest accepted rate.</summary>
    public const double MostRateHz = 2000;

    /// <summary>The most leads that are taken together: those of a full ECG.</summary>
    public const int MostLeads = 12;

    /// <summary>Below this rate a regular rhythm is bradycardia, in beats a minute; 50 by the 2018 ACC/AHA/HRS guideline on bradycardia (Circulation 140:e382).</summary>
    public double BradycardiaBelow { get; init; } = 50;

    /// <summary>Above this rate a regular rhythm is tachycardia, in beats a minute; 100 by the 2015 ACC/AHA/HRS guideline (Circulation 133:e506).</summary>
    public double TachycardiaAbove { get; init; } = 100;

    /// <summary>An interval longer than this, in seconds, is a pause; 3 by the 2018 ACC/AHA/HRS guideline on bradycardia.</summary>
    public double PauseSeconds { get; init; } = 3;

    /// <summary>Beats on both sides of a beat by which its rhythm is judged; 10 to 100.</summary>
    public int RhythmReach { get; init; } = 20;

    /// <summary>
    /// Median relative change of successive intervals above which a rhythm is irregular enough for atrial fibrillation to be suspected, unless intervals can be foretold better than that by the ones around
    /// them: by the usual one, by the one up to four before, or by what came elsewhere after intervals like the last two; 0.02 to 0.5.
    /// After Dash et al. 2009 (Ann Biomed Eng 37:1701), with medians in place of root mean squares, so that single ectopic beats do not count, and Lake and Moorman 2011 (Am J Physiol Heart Circ Physiol 300:H319).
    /// </summary>
    public double IrregularAbove { get; init; } = 0.08;

    /// <summary>Throws where a value is out of its range.</summary>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>, naming the value and its range.</exception>
    internal void Validate(double rateHz)
    {
        Require.InRange(rateHz, LeastRateHz, MostRateHz, "sample_rate_hz");
        Require.InRange(BradycardiaBelow, 20, 80, nameof(BradycardiaBelow));
        Require.InRange(TachycardiaAbove, 80, 200, nameof(TachycardiaAbove));
        Require.InRange(PauseSeconds, 1.5, 10, nameof(PauseSeconds));
        Require.InRange(RhythmReach, 10, 100, nameof(RhythmReach));
        Require.InRange(IrregularAbove, 0.02, 0.5, nameof(IrregularAbove));
    }
}
