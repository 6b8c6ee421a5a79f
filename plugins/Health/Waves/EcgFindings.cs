using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Rhythm;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>What an ECG means, by rules.</summary>
internal static class EcgFindings
{
    // A rhythm shorter than this is not worth a sentence; 30 s of atrial fibrillation are what the ESC 2020 guideline asks of one lead.
    private const double LeastSeconds = 30;

    private const string Bradycardia2018 = "ACC/AHA/HRS 2018 guideline on bradycardia (Circulation 140:e382)";

    /// <summary>The rules, for tests of their texts.</summary>
    public static IReadOnlyDictionary<RhythmKind, HealthRule> Rules { get; } = new Dictionary<RhythmKind, HealthRule>
    {
        [RhythmKind.VentricularRun] = new("rhythm.ventricular_run", FindingSeverity.Urgent, "AHA/ACC/HRS 2017 guideline on ventricular arrhythmias (Circulation 138:e272)"),
        [RhythmKind.Pause] = new("rhythm.pause", FindingSeverity.Urgent, Bradycardia2018),
        [RhythmKind.AtrialFibrillationSuspected] = new("rhythm.irregular", FindingSeverity.Warn, "ESC 2020 guideline on atrial fibrillation (Eur Heart J 42:373)"),
        [RhythmKind.Tachycardia] = new("rhythm.tachycardia", FindingSeverity.Warn, "ACC/AHA/HRS 2015 guideline on supraventricular tachycardia (Circulation 133:e506)"),
        [RhythmKind.Bradycardia] = new("rhythm.bradycardia", FindingSeverity.Info, Bradycardia2018),
        [RhythmKind.CannotTell] = new("signal.poor", FindingSeverity.Info, "Signal quality: nothing is said of what cannot be seen"),
    };

    /// <summary>The findings, the most urgent first.</summary>
    public static IReadOnlyList<HealthFinding> Of(EcgAnalysis analysis, SignalQualityReport quality, FindingWriter writer, string language)
    {
        var findings = new List<HealthFinding>();
        foreach (var (kind, rule) in Rules)
        {
            if (kind == RhythmKind.CannotTell) continue;
            var spans = analysis.Rhythm.Where(segment => segment.Kind == kind).Select(segment => (segment.End - segment.Start) / analysis.SampleRateHz).ToList();
            var worth = kind is RhythmKind.VentricularRun or RhythmKind.Pause ? spans.Count > 0 : spans.Sum() >= LeastSeconds;
            if (!worth) continue;
            var total = Math.Round(kind is RhythmKind.VentricularRun or RhythmKind.Pause ? spans.Max() : spans.Sum(), 1);
            var rate = RateWithin(analysis, kind);
            findings.Add(writer.Write(rule, language, ReadingsOf(rate, total), ("count", spans.Count), ("seconds", total), ("rate", rate is { } known ? Math.Round(known) : "?")));
        }

        if (quality.Level >= SignalQualityLevel.Poor)
        {
            var share = Math.Round(100 * quality.UsableShare);
            findings.Add(writer.Write(Rules[RhythmKind.CannotTell], language, [new HealthReading { Type = "usable_share", Value = share, Unit = "%" }], ("share", share)));
        }

        return FindingWriter.Sort(findings);
    }

    private static IReadOnlyList<HealthReading> ReadingsOf(double? rate, double seconds)
    {
        var duration = new HealthReading { Type = "duration", Value = seconds, Unit = "s" };
        return rate is { } known ? [new HealthReading { Type = "heart_rate", Value = Math.Round(known, 1), Unit = "/min" }, duration] : [duration];
    }

    private static double? RateWithin(EcgAnalysis analysis, RhythmKind kind)
    {
        var intervals = new List<double>();
        var at = 0;
        foreach (var segment in analysis.Rhythm)
        {
            for (; at < analysis.Beats.Count && analysis.Beats[at].Sample < segment.End; at++)
            {
                if (segment.Kind == kind && double.IsFinite(analysis.Beats[at].IntervalMs)) intervals.Add(analysis.Beats[at].IntervalMs);
            }
        }

        return intervals.Count == 0 ? null : 60_000 / intervals.Average();
    }
}
