using EdgeHost.Serialization;

namespace EdgeHost.Capabilities.Health;

/// <summary>Heart rate variability by the Task Force of ESC and NASPE 1996 (Circulation 93:1043). What the signal is too short or too poor for is absent.</summary>
[WireMessage]
public sealed partial class HeartVariability
{
    /// <summary>Share of the time that normal-to-normal intervals cover, 0 to 1: the quality of the figures.</summary>
    [WireField(Minimum = 0, Maximum = 1)]
    public required double Completeness { get; init; }

    /// <summary>Intervals used.</summary>
    [WireField(Minimum = 0)]
    public required int Intervals { get; init; }

    /// <summary>Standard deviation of the intervals, in milliseconds; from five minutes on.</summary>
    public double? SdnnMs { get; init; }

    /// <summary>Root mean square of successive differences, in milliseconds; from one minute on.</summary>
    public double? RmssdMs { get; init; }

    /// <summary>Share of successive differences above 50 ms, 0 to 1; from one minute on.</summary>
    public double? Pnn50 { get; init; }

    /// <summary>Short axis of the Poincaré plot, in milliseconds.</summary>
    public double? Sd1Ms { get; init; }

    /// <summary>Long axis of the Poincaré plot, in milliseconds.</summary>
    public double? Sd2Ms { get; init; }

    /// <summary>Power from 0.04 to 0.15 Hz, in ms²; from five minutes on.</summary>
    public double? LowFrequencyMs2 { get; init; }

    /// <summary>Power from 0.15 to 0.40 Hz, in ms²; from five minutes on.</summary>
    public double? HighFrequencyMs2 { get; init; }

    /// <summary>How far RMSSD and pNN50 of a pulse signal can be trusted, 0 to 1; absent for an ECG.</summary>
    public double? Trust { get; init; }
}
