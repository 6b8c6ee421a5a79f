using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Serves <c>health.analyze_ecg_stream</c>.</summary>
[Capability(HealthMethods.AnalyzeEcgStream, Summary = "Follows the ECG of a live sensor: beats, rate, rhythm and quality as they come.", Example = """{"sample_rate_hz":250}""")]
internal sealed class AnalyzeEcgStreamHandler(HealthOptions options) : DuplexCapabilityHandler<AnalyzeEcgStreamRequest, SignalChunk, EcgStreamItem, AnalyzeSignalStreamResponse>
{
    public override async ValueTask<AnalyzeSignalStreamResponse> HandleAsync(
        AnalyzeEcgStreamRequest request, IAsyncEnumerable<SignalChunk> pushes, ItemWriter<EcgStreamItem> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var collector = new Collector(request.SampleRateHz);
        var monitor = new EcgMonitor(request.SampleRateHz, collector);
        await foreach (var chunk in pushes.ConfigureAwait(false))
        {
            WaveLimits.CheckPiece(chunk.Signal, options);
            monitor.Push(chunk.Signal.Samples.Span);
            await items.WriteAsync(collector.Take(monitor.Live), cancellationToken).ConfigureAwait(false);
        }

        monitor.Complete();
        await items.WriteAsync(collector.Take(monitor.Live), cancellationToken).ConfigureAwait(false);
        return new AnalyzeSignalStreamResponse { Samples = monitor.Live.Samples, Beats = collector.Count };
    }

    private sealed class Collector(double rateHz) : IEcgObserver
    {
        private List<HeartBeat> _beats = [];
        private List<RhythmSpan> _rhythm = [];
        private List<QualitySpan> _spans = [];

        public long Count { get; private set; }

        public void OnBeat(in EcgBeat beat)
        {
            Count++;
            _beats.Add(WaveMapping.ToMessage(beat, rateHz));
        }

        public void OnRhythm(in RhythmSegment segment) => _rhythm.Add(WaveMapping.ToMessage(segment, rateHz));

        public void OnQuality(in QualitySegment segment) => _spans.Add(WaveMapping.ToMessage(segment, rateHz));

        public EcgStreamItem Take(EcgLiveState live)
        {
            var item = new EcgStreamItem
            {
                TimeMs = live.Samples * 1000 / rateHz,
                HeartRateBpm = live.HeartRate,
                Quality = WaveMapping.ToMessage(live.Quality),
                Beats = _beats,
                Rhythm = _rhythm,
                Spans = _spans,
            };
            (_beats, _rhythm, _spans) = ([], [], []);
            return item;
        }
    }
}
