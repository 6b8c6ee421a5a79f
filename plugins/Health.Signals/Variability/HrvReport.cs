namespace EdgeHost.Plugins.Health.Signals.Variability;

/// <summary>
/// Heart rate variability by the Task Force of ESC and NASPE 1996 (Circulation 93:1043). A figure is null where the record is too short for it or too
/// few of its intervals are normal. Values of records of different length are not comparable: longer ones than ten minutes are cut into windows of five, and
/// each figure is the median of its windows'. Immutable.
/// </summary>
public sealed record HrvReport
{
    /// <summary>Seconds of a window: the record's own length up to ten minutes, else 300.</summary>
    public required double WindowSeconds { get; init; }

    /// <summary>
    /// Whether windows have the five minutes that SDNN and SD2 are defined for. Of shorter ones they are given from a minute on ("ultra-short", Shaffer and
    /// Ginsberg 2017, Front Public Health 5:258), and are smaller than those of five minutes: compare them with values of the same length alone.
    /// </summary>
    public bool IsStandardLength => WindowSeconds >= HrvAnalyzer.LongSeconds * 0.97;

    /// <summary>Windows that the figures are medians of.</summary>
    public required int Windows { get; init; }

    /// <summary>Normal-to-normal intervals used, of all windows.</summary>
    public required int Intervals { get; init; }

    /// <summary>Share of the time that normal-to-normal intervals cover, 0 to 1: the quality of the figures.</summary>
    public required double Completeness { get; init; }

    /// <summary>60000 over the mean interval, in beats a minute.</summary>
    public double? MeanHeartRate { get; init; }

    /// <summary>Sample standard deviation (n − 1) of the intervals, in ms. Needs one minute; see <see cref="IsStandardLength"/>.</summary>
    public double? SdnnMs { get; init; }

    /// <summary>Root mean square of the differences of intervals that follow each other, in ms. Needs one minute.</summary>
    public double? RmssdMs { get; init; }

    /// <summary>Share of those differences above 50 ms, 0 to 1. Needs one minute.</summary>
    public double? Pnn50 { get; init; }

    /// <summary>Short axis of the Poincaré plot, in ms: the standard deviation of the differences over √2. Needs one minute.</summary>
    public double? Sd1Ms { get; init; }

    /// <summary>Long axis of the Poincaré plot, in ms: √(2·SDNN² − SD1²). Needs one minute; see <see cref="IsStandardLength"/>.</summary>
    public double? Sd2Ms { get; init; }

    /// <summary>Power from 0.04 to 0.15 Hz, in ms² (Lomb-Scargle). Needs five minutes.</summary>
    public double? LowFrequencyMs2 { get; init; }

    /// <summary>Power from 0.15 to 0.40 Hz, in ms². Needs five minutes.</summary>
    public double? HighFrequencyMs2 { get; init; }

    /// <summary>Low over high frequency power.</summary>
    public double? LowToHigh => LowFrequencyMs2 / HighFrequencyMs2 is { } ratio && double.IsFinite(ratio) ? ratio : null;
}
