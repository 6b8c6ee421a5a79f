using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Ppg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.Plugins.Health.Signals.Variability;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>What the signal library finds, as messages. The enumerations of both have the same members; a test holds them together.</summary>
internal static class WaveMapping
{
    private static readonly (SignalProblems Problem, string Name)[] Problems =
    [
        (SignalProblems.Missing, "missing"), (SignalProblems.FlatLine, "flat_line"), (SignalProblems.Saturated, "saturated"), (SignalProblems.Noise, "noise"),
    ];

    public static HeartBeat ToMessage(in EcgBeat beat, double rateHz) => new()
    {
        Sample = beat.Sample,
        TimeMs = Milliseconds(beat.Sample, rateHz),
        Kind = (HeartBeatKind)beat.Kind,
        IntervalMs = Finite(beat.IntervalMs),
    };

    public static RhythmSpan ToMessage(in RhythmSegment segment, double rateHz) => new()
    {
        StartMs = Milliseconds(segment.Start, rateHz),
        EndMs = Milliseconds(segment.End, rateHz),
        Label = (RhythmLabel)segment.Kind,
        Confidence = segment.Confidence,
    };

    public static QualitySpan ToMessage(in QualitySegment segment, double rateHz) => new()
    {
        StartMs = Milliseconds(segment.Start, rateHz),
        EndMs = Milliseconds(segment.End, rateHz),
        Level = ToMessage(segment.Level),
        Problems = NamesOf(segment.Problems),
    };

    public static QualitySpan ToMessage(in PpgSegment segment) => new()
    {
        StartMs = segment.StartMs,
        EndMs = segment.EndMs,
        Level = ToMessage(segment.Level),
        Problems = NamesOf(segment.Problems),
    };

    public static PulseBeat ToMessage(in PpgPulse pulse, double? rateHz) => new()
    {
        Sample = rateHz is { } rate ? (long)Math.Round(pulse.TimeMs * rate / 1000) : null,
        TimeMs = pulse.TimeMs,
        IntervalMs = Finite(pulse.IntervalMs),
    };

    public static SignalQualityLevel ToMessage(SignalQuality level) => (SignalQualityLevel)level;

    public static HeartVariability ToMessage(HrvReport report, double? trust = null) => new()
    {
        Completeness = Math.Clamp(report.Completeness, 0, 1),
        Intervals = report.Intervals,
        SdnnMs = report.SdnnMs,
        RmssdMs = report.RmssdMs,
        Pnn50 = report.Pnn50,
        Sd1Ms = report.Sd1Ms,
        Sd2Ms = report.Sd2Ms,
        LowFrequencyMs2 = report.LowFrequencyMs2,
        HighFrequencyMs2 = report.HighFrequencyMs2,
        Trust = trust,
    };

    public static SignalQualityReport ToReport(SignalQuality level, IReadOnlyList<QualitySpan> spans)
    {
        var (all, usable) = (0.0, 0.0);
        foreach (var span in spans)
        {
            all += span.EndMs - span.StartMs;
            if (span.Level <= SignalQualityLevel.Fair) usable += span.EndMs - span.StartMs;
        }

        return new SignalQualityReport { Level = ToMessage(level), UsableShare = all > 0 ? Math.Clamp(usable / all, 0, 1) : 0, Spans = spans };
    }

    private static double Milliseconds(long sample, double rateHz) => sample * 1000 / rateHz;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static IReadOnlyList<string> NamesOf(SignalProblems problems) => [.. Problems.Where(one => problems.HasFlag(one.Problem)).Select(static one => one.Name)];
}
