using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Signals.Ecg;
using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Rhythm;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Serves <c>health.analyze_ecg_stream</c>.</summary>
[Capability(HealthMethods.AnalyzeEcgStream, Summary = "Follows the ECG of a live sensor: beats, rate, rhythm and quality as they come; raises alerts where asked to.", Example = """{"sample_rate_hz":250}""")]
internal sealed class AnalyzeEcgStreamHandler(HealthOptions options, AlertStore store, AlertSignal signal, AlertClock clock) : DuplexCapabilityHandler<AnalyzeEcgStreamRequest, SignalChunk, EcgStreamItem, AnalyzeSignalStreamResponse>
{
    public override async ValueTask<AnalyzeSignalStreamResponse> HandleAsync(
        AnalyzeEcgStreamRequest request, IAsyncEnumerable<SignalChunk> pushes, ItemWriter<EcgStreamItem> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var alerts = await OpenAsync(request, context, cancellationToken).ConfigureAwait(false);
        var collector = new Collector(request.SampleRateHz, alerts);
        var monitor = new EcgMonitor(request.SampleRateHz, collector);
        var (second, samples) = ((int)Math.Ceiling(request.SampleRateHz), 0L);
        await foreach (var chunk in pushes.ConfigureAwait(false))
        {
            WaveLimits.CheckPiece(chunk.Signal, options);

            // A second at a time: what raises alerts is a matter of the samples and not of the pieces that they come in.
            for (var rest = chunk.Signal.Samples; !rest.IsEmpty;)
            {
                var room = alerts is null ? rest.Length : Math.Min(rest.Length, second - (int)(samples % second));
                monitor.Push(rest.Span[..room]);
                (rest, samples) = (rest[room..], samples + room);
                if (alerts is not null && samples % second == 0) await alerts.TakeAsync(monitor.Live, cancellationToken).ConfigureAwait(false);
            }

            await items.WriteAsync(collector.Take(monitor.Live), cancellationToken).ConfigureAwait(false);
        }

        monitor.Complete();
        await items.WriteAsync(collector.Take(monitor.Live), cancellationToken).ConfigureAwait(false);
        return new AnalyzeSignalStreamResponse { Samples = monitor.Live.Samples, Beats = collector.Count, Alerts = alerts?.Count ?? 0 };
    }

    private async ValueTask<EcgAlerts?> OpenAsync(AnalyzeEcgStreamRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.AlertPerson is not { } person) return null;
        PersonName.Check(person);
        var time = SignalClock.Of(request.StartTime, 0, request.Source, clock);
        return new EcgAlerts(await LiveAlerts.OpenAsync(store, signal, clock, person, AlertRules.Ecg, context, cancellationToken).ConfigureAwait(false), time, request.SampleRateHz);
    }

    private sealed class Collector(double rateHz, EcgAlerts? alerts) : IEcgObserver
    {
        private List<HeartBeat> _beats = [];
        private List<RhythmSpan> _rhythm = [];
        private List<QualitySpan> _spans = [];

        public long Count { get; private set; }

        public void OnBeat(in EcgBeat beat)
        {
            Count++;
            _beats.Add(WaveMapping.ToMessage(beat, rateHz));
            alerts?.OnBeat(beat);
        }

        public void OnRhythm(in RhythmSegment segment)
        {
            _rhythm.Add(WaveMapping.ToMessage(segment, rateHz));
            alerts?.OnRhythm(segment);
        }

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
