using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Serves <c>health.analyze_ecg</c>.</summary>
[Capability(
    HealthMethods.AnalyzeEcg,
    Summary = "Finds beats, heart rate, variability, rhythm and quality in an ECG of one lead or of several.",
    Example = """{"signal":[0,0.1,1.2,-0.3,0],"sample_rate_hz":250}""")]
internal sealed class AnalyzeEcgHandler(FindingWriter writer, HealthOptions options) : CapabilityHandler<AnalyzeEcgRequest, AnalyzeEcgResponse>
{
    public override ValueTask<AnalyzeEcgResponse> HandleAsync(AnalyzeEcgRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        WaveLimits.CheckWhole(request.Signal, options, HealthMethods.AnalyzeEcgStream);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        return ValueTask.FromResult(WaveReport.OfEcg(WaveLeads.Of(request.Signal.Samples, request.Leads), request.SampleRateHz, writer, language, cancellationToken));
    }
}
