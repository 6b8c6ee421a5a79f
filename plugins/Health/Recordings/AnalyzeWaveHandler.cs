using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Findings;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.Plugins.Health.Waves;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Recordings;

/// <summary>Serves <c>health.analyze_wave</c>. A method of its own: an app that may analyse what it measures itself may not read the journal by that.</summary>
[Capability(HealthMethods.AnalyzeWave, Summary = "Analyses a recorded wave, or a part of it, as health.analyze_ecg and health.analyze_ppg do.", Example = """{"wave":1}""")]
internal sealed class AnalyzeWaveHandler(WaveStore store, FindingWriter writer, HealthOptions options) : CapabilityHandler<AnalyzeWaveRequest, AnalyzeWaveResponse>
{
    public override async ValueTask<AnalyzeWaveResponse> HandleAsync(AnalyzeWaveRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        PersonName.Check(request.Person);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var excerpt = await store.OpenAsync(request.Person, request.Wave, request.FromMs, request.UntilMs, context, cancellationToken).ConfigureAwait(false);
        if (excerpt.Length > options.MaxSignalValues)
        {
            throw new EdgeHostException(
                ErrorCode.InvalidArgument,
                $"The wave has {excerpt.Length} samples there; at most {options.MaxSignalValues} are analysed at once. Ask for a part with 'from_ms' and 'until_ms'; the plugin's setting 'health:max_signal_values' is the limit.");
        }

        var samples = new float[excerpt.Length];
        await foreach (var part in store.ReadAsync(request.Person, excerpt, cancellationToken).ConfigureAwait(false))
            part.Signal.Samples.CopyTo(samples.AsMemory((int)(part.FirstSample - excerpt.First)));
        var rate = excerpt.Wave.SampleRateHz;
        return new AnalyzeWaveResponse
        {
            Wave = excerpt.Wave,
            FirstSample = excerpt.First,
            Ecg = excerpt.Wave.Kind == WaveKind.Ecg ? WaveReport.OfEcg([samples], rate, writer, language, cancellationToken) : null,
            Ppg = excerpt.Wave.Kind == WaveKind.Ppg ? WaveReport.OfPpg(samples, rate, cancellationToken) : null,
        };
    }
}
