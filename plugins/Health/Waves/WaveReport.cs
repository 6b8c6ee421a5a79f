using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Ppg;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Analyses a whole signal, whether an app has sent it or it was recorded.</summary>
internal static class WaveReport
{
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the rate is none at which an ECG is analysed.</exception>
    public static AnalyzeEcgResponse OfEcg(IReadOnlyList<ReadOnlyMemory<float>> leads, double rateHz, FindingWriter writer, string language, CancellationToken cancellationToken)
    {
        var analysis = EcgAnalyzer.Analyze(leads, rateHz, options: null, cancellationToken);
        var quality = WaveMapping.ToReport(analysis.Level, [.. analysis.Quality.Select(span => WaveMapping.ToMessage(span, rateHz))]);
        return new AnalyzeEcgResponse
        {
            Beats = [.. analysis.Beats.Select(beat => WaveMapping.ToMessage(beat, rateHz))],
            HeartRateBpm = analysis.HeartRate,
            Variability = WaveMapping.ToMessage(analysis.Variability),
            Rhythm = [.. analysis.Rhythm.Select(segment => WaveMapping.ToMessage(segment, rateHz))],
            Quality = quality,
            Leads = [.. analysis.Leads.Select(static lead => new EcgLeadQuality { Level = WaveMapping.ToMessage(lead.Level), UsableShare = lead.UsableShare })],
            Findings = EcgFindings.Of(analysis, quality, writer, language),
        };
    }

    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the rate is none at which a pulse signal is analysed.</exception>
    public static AnalyzePpgResponse OfPpg(ReadOnlySpan<float> samples, double rateHz, CancellationToken cancellationToken)
        => Of(PpgAnalyzer.Analyze(samples, rateHz, cancellationToken), rateHz);

    /// <summary>What was found, as a message.</summary>
    public static AnalyzePpgResponse Of(PpgAnalysis analysis, double? rateHz) => new()
    {
        Pulses = [.. analysis.Pulses.Select(pulse => WaveMapping.ToMessage(pulse, rateHz))],
        HeartRateBpm = analysis.PulseRate,
        Variability = WaveMapping.ToMessage(analysis.Variability, analysis.VariabilityQuality),
        Quality = WaveMapping.ToReport(analysis.Level, [.. analysis.Quality.Select(static segment => WaveMapping.ToMessage(segment))]),
    };
}
