using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Texts;
using EdgeHost.Plugins.Health.Waves;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Charts;

/// <summary>Serves <c>health.chart_ecg</c>.</summary>
[Capability(HealthMethods.ChartEcg, Summary = "Draws a strip of an ECG of one lead as PNG, with its beats marked.", Example = """{"signal":[0,0.1,1.2,-0.3,0],"sample_rate_hz":250}""")]
internal sealed class ChartEcgHandler(ChartRenderer renderer, HealthTexts texts, HealthOptions options) : CapabilityHandler<ChartEcgRequest, ChartEcgResponse>
{
    public override async ValueTask<ChartEcgResponse> HandleAsync(ChartEcgRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        WaveLimits.CheckWhole(request.Signal, options, HealthMethods.AnalyzeEcgStream);
        var language = HealthTexts.LanguageOf(request.Language, options.Language);
        var size = renderer.SizeOf(request.Width, request.Height, request.Scale);
        var (rate, samples) = (request.SampleRateHz, request.Signal.Samples);
        var first = (int)Math.Min(request.StartMs * rate / 1000, samples.Length);
        var count = Math.Min((int)(request.DurationMs * rate / 1000), samples.Length - first);
        if (count < 2) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The strip begins at {request.StartMs} ms; the signal lasts {samples.Length * 1000 / rate:0} ms.");
        var analysis = EcgAnalyzer.Analyze(samples.Span, rate, options: null, cancellationToken);
        var image = await renderer.RenderAsync(EcgChart.Make(samples.Span, analysis, first, count, texts, language), size, request.Theme, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<HeartBeat> beats = [.. analysis.Beats.Where(beat => beat.Sample >= first && beat.Sample < first + count).Select(beat => WaveMapping.ToMessage(beat, rate))];
        return new ChartEcgResponse
        {
            Png = image.Png,
            Width = size.PixelWidth,
            Height = size.PixelHeight,
            Beats = beats,
            HeartRateBpm = analysis.HeartRate,
            Text = $"{texts.Get(language, "chart.title.ecg")}: {EcgChart.Subtitle(analysis, beats.Count, first / rate, (first + count) / rate, texts, language)}",
        };
    }
}
