using EdgeHost.Capabilities.Health;
using EdgeHost.Plugins.Health.Alerts;
using EdgeHost.Plugins.Health.Journal;
using EdgeHost.Plugins.Health.Signals.Ppg;
using EdgeHost.PluginSdk;
using EdgeHost.PluginSdk.Typed;

namespace EdgeHost.Plugins.Health.Waves;

/// <summary>Serves <c>health.analyze_ppg_stream</c>.</summary>
[Capability(HealthMethods.AnalyzePpgStream, Summary = "Follows the pulse of a live light sensor or camera; raises alerts where asked to.", Example = """{"sample_rate_hz":25}""")]
internal sealed class AnalyzePpgStreamHandler(HealthOptions options, AlertStore store, AlertSignal signal, AlertClock clock) : DuplexCapabilityHandler<AnalyzePpgStreamRequest, SignalChunk, PpgStreamItem, AnalyzeSignalStreamResponse>
{
    public override async ValueTask<AnalyzeSignalStreamResponse> HandleAsync(
        AnalyzePpgStreamRequest request, IAsyncEnumerable<SignalChunk> pushes, ItemWriter<PpgStreamItem> items, CapabilityContext context, CancellationToken cancellationToken)
    {
        var collector = new Collector(request.SampleRateHz);
        var monitor = new PpgMonitor(request.Channels, collector);
        var alerts = await OpenAsync(request, context, cancellationToken).ConfigureAwait(false);
        var (frames, now) = (0L, 0.0);
        await foreach (var chunk in pushes.ConfigureAwait(false))
        {
            var count = CountOf(request, chunk);
            for (var i = 0; i < count; i++, frames++)
            {
                now = request.SampleRateHz is { } rate ? frames * 1000 / rate : chunk.TimesMs![i];
                monitor.Push(now, chunk.Signal.Samples.Span.Slice(i * request.Channels, request.Channels));
                if (alerts is not null) await alerts.TakeAsync(now, monitor.PulseRate, cancellationToken).ConfigureAwait(false);
            }

            await items.WriteAsync(collector.Take(now, monitor), cancellationToken).ConfigureAwait(false);
        }

        monitor.Complete();
        await items.WriteAsync(collector.Take(now, monitor), cancellationToken).ConfigureAwait(false);
        return new AnalyzeSignalStreamResponse { Samples = frames, Beats = collector.Count, Alerts = alerts?.Count ?? 0 };
    }

    private async ValueTask<PpgAlerts?> OpenAsync(AnalyzePpgStreamRequest request, CapabilityContext context, CancellationToken cancellationToken)
    {
        if (request.AlertPerson is not { } person) return null;
        PersonName.Check(person);
        var live = await LiveAlerts.OpenAsync(store, signal, clock, person, AlertRules.Ppg, context, cancellationToken).ConfigureAwait(false);
        return new PpgAlerts(live, clock, request.StartTime, request.Source);
    }

    private int CountOf(AnalyzePpgStreamRequest request, SignalChunk chunk)
    {
        WaveLimits.CheckPiece(chunk.Signal, options);
        var (values, channels) = (chunk.Signal.Samples.Length, request.Channels);
        if (values % channels != 0) throw new EdgeHostException(ErrorCode.InvalidArgument, $"The piece has {values} values, which are no whole frames of {channels} channels.");
        var count = values / channels;
        if (request.SampleRateHz is null && chunk.TimesMs?.Count != count)
            throw new EdgeHostException(ErrorCode.InvalidArgument, $"The piece has {count} frames and {chunk.TimesMs?.Count ?? 0} times; without 'sample_rate_hz' each frame has one.");
        return count;
    }

    private sealed class Collector(double? rateHz) : IPpgObserver
    {
        private List<PulseBeat> _pulses = [];
        private List<QualitySpan> _spans = [];

        public long Count { get; private set; }

        public void OnPulse(in PpgPulse pulse)
        {
            Count++;
            _pulses.Add(WaveMapping.ToMessage(pulse, rateHz));
        }

        public void OnSegment(in PpgSegment segment) => _spans.Add(WaveMapping.ToMessage(segment));

        public PpgStreamItem Take(double now, PpgMonitor monitor)
        {
            var item = new PpgStreamItem { TimeMs = now, HeartRateBpm = monitor.PulseRate, Quality = WaveMapping.ToMessage(monitor.Quality), Pulses = _pulses, Spans = _spans };
            (_pulses, _spans) = ([], []);
            return item;
        }
    }
}
