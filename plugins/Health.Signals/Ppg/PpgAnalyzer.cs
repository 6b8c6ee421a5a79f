using EdgeHost.Plugins.Health.Signals.Quality;
using EdgeHost.Plugins.Health.Signals.Variability;

namespace EdgeHost.Plugins.Health.Signals.Ppg;

/// <summary>Analyses a whole pulse signal: <see cref="PpgMonitor"/> over it, collected. Thread-safe.</summary>
public static class PpgAnalyzer
{
    /// <summary>The lowest accepted rate of frames.</summary>
    public const double LeastRateHz = 12;

    /// <summary>The highest accepted rate of frames.</summary>
    public const double MostRateHz = 1000;

    private const int LeastIntervals = 5;
    private const double LeastTrust = 0.7;

    /// <summary>Analyses samples at an even rate.</summary>
    /// <param name="signal">One channel, in any unit.</param>
    /// <param name="sampleRateHz">Samples a second, 12 to 1000.</param>
    /// <param name="cancellationToken">Ends the work between frames.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the rate is out of its range.</exception>
    public static PpgAnalysis Analyze(ReadOnlySpan<float> signal, double sampleRateHz, CancellationToken cancellationToken = default)
    {
        Require.InRange(sampleRateHz, LeastRateHz, MostRateHz, "sample_rate_hz");
        var collector = new Collector();
        var monitor = new PpgMonitor(1, collector);
        for (var i = 0; i < signal.Length; i++)
        {
            if (i % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            monitor.Push(i * 1000.0 / sampleRateHz, signal.Slice(i, 1));
        }

        monitor.Complete();
        return Summarize(collector.Pulses, collector.Segments);
    }

    /// <summary>Analyses frames at uneven times, such as those of a camera.</summary>
    /// <param name="timesMs">The time of each frame, in ms; frames that are not later than the one before are left out.</param>
    /// <param name="frames">The channels of each frame beside each other.</param>
    /// <param name="channels">Values of a frame, 1 to 4.</param>
    /// <param name="cancellationToken">Ends the work between frames.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: lengths do not match, or the channels are out of their range.</exception>
    public static PpgAnalysis Analyze(ReadOnlySpan<double> timesMs, ReadOnlySpan<float> frames, int channels, CancellationToken cancellationToken = default)
    {
        Require.InRange(channels, 1, PpgMonitor.MostChannels, nameof(channels));
        if (frames.Length != timesMs.Length * channels) throw new EdgeHostException(ErrorCode.InvalidArgument, $"There are {timesMs.Length} times and {frames.Length} values; {channels} channels take {timesMs.Length * channels}.");
        var collector = new Collector();
        var monitor = new PpgMonitor(channels, collector);
        for (var i = 0; i < timesMs.Length; i++)
        {
            if (i % 4096 == 0) cancellationToken.ThrowIfCancellationRequested();
            monitor.Push(timesMs[i], frames.Slice(i * channels, channels));
        }

        monitor.Complete();
        return Summarize(collector.Pulses, collector.Segments);
    }

    /// <summary>The summary of what a monitor said.</summary>
    /// <param name="pulses">Every pulse, in order.</param>
    /// <param name="segments">Every segment, in order.</param>
    public static PpgAnalysis Summarize(IReadOnlyList<PpgPulse> pulses, IReadOnlyList<PpgSegment> segments)
    {
        ArgumentNullException.ThrowIfNull(pulses);
        ArgumentNullException.ThrowIfNull(segments);
        var start = segments.Count > 0 ? segments[0].StartMs : 0;
        var seconds = segments.Sum(segment => segment.EndMs - segment.StartMs) / 1000;
        var intervals = NnIntervals.Of(pulses);
        // The rate needs no exact instants, and would be off where the doubtful pulses are those of a certain length.
        var all = NnIntervals.Of([.. pulses.Select(pulse => pulse with { Likeness = 1 })]);
        var report = HrvAnalyzer.Analyze([.. intervals.Select(interval => interval with { EndSeconds = interval.EndSeconds - (start / 1000) })], seconds);
        double ShareUpTo(SignalQuality level) => seconds == 0 ? 0 : segments.Where(x => x.Level <= level).Sum(x => x.EndMs - x.StartMs) / 1000 / seconds;
        var usable = ShareUpTo(SignalQuality.Fair);
        var plausible = all.Count / (double)Math.Max(1, pulses.Count(pulse => double.IsFinite(pulse.IntervalMs)));
        var likeness = segments.Where(x => x.Level < SignalQuality.Poor).Select(x => x.Likeness).DefaultIfEmpty(0).Min();
        return new PpgAnalysis
        {
            Pulses = pulses,
            Quality = segments,
            Level = usable < 0.1 ? (ShareUpTo(SignalQuality.Poor) > 0.1 ? SignalQuality.Poor : SignalQuality.None) : usable < 0.5 ? SignalQuality.Poor : ShareUpTo(SignalQuality.Good) < 0.8 ? SignalQuality.Fair : SignalQuality.Good,
            PulseRate = all.Count < LeastIntervals || usable < 0.5 ? null : 60_000 / all.Average(interval => interval.Milliseconds),
            Variability = report,
            VariabilityQuality = Math.Clamp((Math.Min(Math.Min(plausible, likeness), report.Completeness) - LeastTrust) / (1 - LeastTrust), 0, 1),
        };
    }

    private sealed class Collector : IPpgObserver
    {
        public List<PpgPulse> Pulses { get; } = [];

        public List<PpgSegment> Segments { get; } = [];

        public void OnPulse(in PpgPulse pulse) => Pulses.Add(pulse);

        public void OnSegment(in PpgSegment segment) => Segments.Add(segment);
    }
}
